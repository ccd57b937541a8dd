// Las mismas frases en español; la clave y los valores se explican en en.ts.

export const ELIGIBILITY_MESSAGES_ES: Readonly<Record<string, string>> = {
  'eligibility.is_yes': '{not, select, yes {No: {fact}} other {{fact}}}',
  'eligibility.is_no': '{not, select, yes {{fact}} other {No: {fact}}}',
  'eligibility.is': '{fact}: {not, select, yes {no } other {}}{wanted}{known, select, none {} other { (aquí: {known})}}',
  'eligibility.is_one_of': '{fact}: {not, select, yes {ninguno de } other {}}{wanted}{known, select, none {} other { (aquí: {known})}}',
  'eligibility.includes': '{fact}: {not, select, yes {sin } other {}}{wanted}',
  'eligibility.at_least':
    '{fact}: {not, select, yes {menos de {bound}} other {{bound} o más}}{table, select, none {} other { ({percent}% de {table})}}{known, select, none {} other {; aquí {known}}}{gap, select, none {} other {, faltan {gap}}}',
  'eligibility.at_most':
    '{fact}: {not, select, yes {más de {bound}} other {hasta {bound}}}{table, select, none {} other { ({percent}% de {table})}}{known, select, none {} other {; aquí {known}}}{gap, select, none {} other {, {gap} de más}}',
  'eligibility.less_than':
    '{fact}: {not, select, yes {{bound} o más} other {menos de {bound}}}{table, select, none {} other { ({percent}% de {table})}}{known, select, none {} other {; aquí {known}}}{gap, select, none {} other {, {gap} de más}}',
  'eligibility.more_than':
    '{fact}: {not, select, yes {hasta {bound}} other {más de {bound}}}{table, select, none {} other { ({percent}% de {table})}}{known, select, none {} other {; aquí {known}}}{gap, select, none {} other {, faltan {gap}}}',
  'eligibility.between': '{fact}: {not, select, yes {fuera de } other {}}{low} a {high}{known, select, none {} other {; aquí {known}}}',
  'eligibility.before': '{fact}: {not, select, yes {no } other {}}antes del {bound}{known, select, none {} other {; aquí {known}}}',
  'eligibility.after': '{fact}: {not, select, yes {no } other {}}después del {bound}{known, select, none {} other {; aquí {known}}}',
  'eligibility.within': '{fact}: {not, select, yes {fuera de } other {en }}{wanted}{known, select, none {} other { (aquí: {known})}}',
  'eligibility.service_area':
    '{fact}: {not, select, yes {fuera de la zona atendida} other {en la zona atendida}}{wanted, select, none {} other {: {wanted}}}{known, select, none {} other { (aquí: {known})}}',
  'eligibility.service_area_unpublished': 'La zona atendida no está publicada: llame para preguntar',
  'eligibility.some': '{fact}: {not, select, yes {nadie} other {al menos una persona}} con: {where}',
  'eligibility.every': '{fact}: {not, select, yes {no todos} other {todos}} con: {where}',
  'eligibility.at_least_members': '{fact}: {not, select, yes {menos de} other {al menos}} {count, number} con: {where}',
  'eligibility.not_said': 'No: {say}',
  'eligibility.not_stated': 'No se conoce ninguna regla. Llame para preguntar.',
  'eligibility.value.yes': 'sí',
  'eligibility.value.no': 'no',
  'eligibility.value.nothing': 'ninguno',
  'eligibility.value.from': '{low} o más',
  'eligibility.value.to': 'hasta {high}',
  'eligibility.value.span': '{low} a {high}',
  'eligibility.value.day': '{amount} al día',
  'eligibility.value.week': '{amount} a la semana',
  'eligibility.value.month': '{amount} al mes',
  'eligibility.value.year': '{amount} al año',
  'eligibility.value.place': 'un punto del mapa',
};
