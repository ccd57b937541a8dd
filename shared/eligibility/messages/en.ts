// One sentence for each kind of condition. `not` is yes inside "none of"; `known` is what is known of the fact, or "none";
// `gap` is by how much a limit is missed, or "none"; `table` is the name of a dated table, or "none".

export const ELIGIBILITY_MESSAGES_EN: Readonly<Record<string, string>> = {
  'eligibility.is_yes': '{not, select, yes {Not: {fact}} other {{fact}}}',
  'eligibility.is_no': '{not, select, yes {{fact}} other {Not: {fact}}}',
  'eligibility.is': '{fact}: {not, select, yes {not } other {}}{wanted}{known, select, none {} other { (here: {known})}}',
  'eligibility.is_one_of': '{fact}: {not, select, yes {none of } other {}}{wanted}{known, select, none {} other { (here: {known})}}',
  'eligibility.includes': '{fact}: {not, select, yes {without } other {}}{wanted}',
  'eligibility.at_least':
    '{fact}: {not, select, yes {under {bound}} other {{bound} or more}}{table, select, none {} other { ({percent}% of {table})}}{known, select, none {} other {; here {known}}}{gap, select, none {} other {, {gap} short}}',
  'eligibility.at_most':
    '{fact}: {not, select, yes {over {bound}} other {up to {bound}}}{table, select, none {} other { ({percent}% of {table})}}{known, select, none {} other {; here {known}}}{gap, select, none {} other {, {gap} over}}',
  'eligibility.less_than':
    '{fact}: {not, select, yes {{bound} or more} other {under {bound}}}{table, select, none {} other { ({percent}% of {table})}}{known, select, none {} other {; here {known}}}{gap, select, none {} other {, {gap} over}}',
  'eligibility.more_than':
    '{fact}: {not, select, yes {up to {bound}} other {over {bound}}}{table, select, none {} other { ({percent}% of {table})}}{known, select, none {} other {; here {known}}}{gap, select, none {} other {, {gap} short}}',
  'eligibility.between': '{fact}: {not, select, yes {not } other {}}{low} to {high}{known, select, none {} other {; here {known}}}',
  'eligibility.before': '{fact}: {not, select, yes {not } other {}}before {bound}{known, select, none {} other {; here {known}}}',
  'eligibility.after': '{fact}: {not, select, yes {not } other {}}after {bound}{known, select, none {} other {; here {known}}}',
  'eligibility.within': '{fact}: {not, select, yes {outside } other {in }}{wanted}{known, select, none {} other { (here: {known})}}',
  'eligibility.service_area':
    '{fact}: {not, select, yes {outside the area served} other {in the area served}}{wanted, select, none {} other {: {wanted}}}{known, select, none {} other { (here: {known})}}',
  'eligibility.service_area_unpublished': 'The area served is not published: call to ask',
  'eligibility.some': '{fact}: {not, select, yes {nobody} other {at least one}} with: {where}',
  'eligibility.every': '{fact}: {not, select, yes {not everyone} other {everyone}} with: {where}',
  'eligibility.at_least_members': '{fact}: {not, select, yes {fewer than} other {at least}} {count, number} with: {where}',
  'eligibility.not_said': 'Not: {say}',
  'eligibility.not_stated': 'No rule is known. Call to ask.',
  'eligibility.value.yes': 'yes',
  'eligibility.value.no': 'no',
  'eligibility.value.nothing': 'none',
  'eligibility.value.from': '{low} or more',
  'eligibility.value.to': 'up to {high}',
  'eligibility.value.span': '{low} to {high}',
  'eligibility.value.day': '{amount} a day',
  'eligibility.value.week': '{amount} a week',
  'eligibility.value.month': '{amount} a month',
  'eligibility.value.year': '{amount} a year',
  'eligibility.value.place': 'a place on the map',
};
