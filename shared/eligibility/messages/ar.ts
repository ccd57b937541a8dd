// الجمل نفسها بالعربية؛ المفاتيح والقيم مشروحة في en.ts.

export const ELIGIBILITY_MESSAGES_AR: Readonly<Record<string, string>> = {
  'eligibility.is_yes': '{not, select, yes {لا: {fact}} other {{fact}}}',
  'eligibility.is_no': '{not, select, yes {{fact}} other {لا: {fact}}}',
  'eligibility.is': '{fact}: {not, select, yes {ليس } other {}}{wanted}{known, select, none {} other { (هنا: {known})}}',
  'eligibility.is_one_of': '{fact}: {not, select, yes {لا شيء من } other {}}{wanted}{known, select, none {} other { (هنا: {known})}}',
  'eligibility.includes': '{fact}: {not, select, yes {بدون } other {}}{wanted}',
  'eligibility.at_least':
    '{fact}: {not, select, yes {أقل من {bound}} other {{bound} أو أكثر}}{table, select, none {} other { ({percent}٪ من {table})}}{known, select, none {} other {؛ هنا {known}}}{gap, select, none {} other {، ينقص {gap}}}',
  'eligibility.at_most':
    '{fact}: {not, select, yes {أكثر من {bound}} other {حتى {bound}}}{table, select, none {} other { ({percent}٪ من {table})}}{known, select, none {} other {؛ هنا {known}}}{gap, select, none {} other {، أعلى بمقدار {gap}}}',
  'eligibility.less_than':
    '{fact}: {not, select, yes {{bound} أو أكثر} other {أقل من {bound}}}{table, select, none {} other { ({percent}٪ من {table})}}{known, select, none {} other {؛ هنا {known}}}{gap, select, none {} other {، أعلى بمقدار {gap}}}',
  'eligibility.more_than':
    '{fact}: {not, select, yes {حتى {bound}} other {أكثر من {bound}}}{table, select, none {} other { ({percent}٪ من {table})}}{known, select, none {} other {؛ هنا {known}}}{gap, select, none {} other {، ينقص {gap}}}',
  'eligibility.between': '{fact}: {not, select, yes {خارج } other {}}من {low} إلى {high}{known, select, none {} other {؛ هنا {known}}}',
  'eligibility.before': '{fact}: {not, select, yes {ليس } other {}}قبل {bound}{known, select, none {} other {؛ هنا {known}}}',
  'eligibility.after': '{fact}: {not, select, yes {ليس } other {}}بعد {bound}{known, select, none {} other {؛ هنا {known}}}',
  'eligibility.within': '{fact}: {not, select, yes {خارج } other {ضمن }}{wanted}{known, select, none {} other { (هنا: {known})}}',
  'eligibility.service_area':
    '{fact}: {not, select, yes {خارج منطقة الخدمة} other {ضمن منطقة الخدمة}}{wanted, select, none {} other {: {wanted}}}{known, select, none {} other { (هنا: {known})}}',
  'eligibility.service_area_unpublished': 'منطقة الخدمة غير منشورة: اتصل للسؤال',
  'eligibility.some': '{fact}: {not, select, yes {لا أحد} other {شخص واحد على الأقل}} لديه: {where}',
  'eligibility.every': '{fact}: {not, select, yes {ليس الجميع} other {الجميع}} لديهم: {where}',
  'eligibility.at_least_members': '{fact}: {not, select, yes {أقل من} other {على الأقل}} {count, number} لديهم: {where}',
  'eligibility.not_said': 'لا: {say}',
  'eligibility.not_stated': 'لا توجد قاعدة معروفة. اتصل للسؤال.',
  'eligibility.value.yes': 'نعم',
  'eligibility.value.no': 'لا',
  'eligibility.value.nothing': 'لا شيء',
  'eligibility.value.from': '{low} أو أكثر',
  'eligibility.value.to': 'حتى {high}',
  'eligibility.value.span': 'من {low} إلى {high}',
  'eligibility.value.day': '{amount} في اليوم',
  'eligibility.value.week': '{amount} في الأسبوع',
  'eligibility.value.month': '{amount} في الشهر',
  'eligibility.value.year': '{amount} في السنة',
  'eligibility.value.place': 'مكان على الخريطة',
};
