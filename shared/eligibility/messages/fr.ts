// Les mêmes phrases en français ; la clé et les valeurs sont expliquées dans en.ts.

export const ELIGIBILITY_MESSAGES_FR: Readonly<Record<string, string>> = {
  'eligibility.is_yes': '{not, select, yes {Non : {fact}} other {{fact}}}',
  'eligibility.is_no': '{not, select, yes {{fact}} other {Non : {fact}}}',
  'eligibility.is': '{fact} : {not, select, yes {pas } other {}}{wanted}{known, select, none {} other { (ici : {known})}}',
  'eligibility.is_one_of': '{fact} : {not, select, yes {aucun de } other {}}{wanted}{known, select, none {} other { (ici : {known})}}',
  'eligibility.includes': '{fact} : {not, select, yes {sans } other {}}{wanted}',
  'eligibility.at_least':
    '{fact} : {not, select, yes {moins de {bound}} other {{bound} ou plus}}{table, select, none {} other { ({percent} % de {table})}}{known, select, none {} other { ; ici {known}}}{gap, select, none {} other {, il manque {gap}}}',
  'eligibility.at_most':
    '{fact} : {not, select, yes {plus de {bound}} other {jusqu’à {bound}}}{table, select, none {} other { ({percent} % de {table})}}{known, select, none {} other { ; ici {known}}}{gap, select, none {} other {, {gap} de trop}}',
  'eligibility.less_than':
    '{fact} : {not, select, yes {{bound} ou plus} other {moins de {bound}}}{table, select, none {} other { ({percent} % de {table})}}{known, select, none {} other { ; ici {known}}}{gap, select, none {} other {, {gap} de trop}}',
  'eligibility.more_than':
    '{fact} : {not, select, yes {jusqu’à {bound}} other {plus de {bound}}}{table, select, none {} other { ({percent} % de {table})}}{known, select, none {} other { ; ici {known}}}{gap, select, none {} other {, il manque {gap}}}',
  'eligibility.between': '{fact} : {not, select, yes {hors de } other {}}{low} à {high}{known, select, none {} other { ; ici {known}}}',
  'eligibility.before': '{fact} : {not, select, yes {pas } other {}}avant le {bound}{known, select, none {} other { ; ici {known}}}',
  'eligibility.after': '{fact} : {not, select, yes {pas } other {}}après le {bound}{known, select, none {} other { ; ici {known}}}',
  'eligibility.within': '{fact} : {not, select, yes {hors de } other {dans }}{wanted}{known, select, none {} other { (ici : {known})}}',
  'eligibility.service_area':
    '{fact} : {not, select, yes {hors du secteur desservi} other {dans le secteur desservi}}{wanted, select, none {} other { : {wanted}}}{known, select, none {} other { (ici : {known})}}',
  'eligibility.service_area_unpublished': 'Le secteur desservi n’est pas publié : appelez pour demander',
  'eligibility.some': '{fact} : {not, select, yes {personne} other {au moins une personne}} avec : {where}',
  'eligibility.every': '{fact} : {not, select, yes {pas tous} other {tous}} avec : {where}',
  'eligibility.at_least_members': '{fact} : {not, select, yes {moins de} other {au moins}} {count, number} avec : {where}',
  'eligibility.not_said': 'Non : {say}',
  'eligibility.not_stated': 'Aucune règle connue. Appelez pour demander.',
  'eligibility.value.yes': 'oui',
  'eligibility.value.no': 'non',
  'eligibility.value.nothing': 'aucun',
  'eligibility.value.from': '{low} ou plus',
  'eligibility.value.to': 'jusqu’à {high}',
  'eligibility.value.span': '{low} à {high}',
  'eligibility.value.day': '{amount} par jour',
  'eligibility.value.week': '{amount} par semaine',
  'eligibility.value.month': '{amount} par mois',
  'eligibility.value.year': '{amount} par an',
  'eligibility.value.place': 'un point de la carte',
};
