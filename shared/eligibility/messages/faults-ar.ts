// الجمل نفسها بالعربية؛ المفاتيح والقيم مشروحة في faults-en.ts. كلمات الصيغة تبقى كما هي، معزولة الاتجاه.

import type { FaultId } from '../faults.ts';

const TYPE =
  '{type, select, boolean {نعم أو لا} number {عدد} age {عمر} money {مبلغ من المال} date {تاريخ} choice {كلمة من عدة كلمات} choices {قائمة كلمات} place {مكان} members {أفراد أسرة} other {{type}}}';
const KIND =
  '{kind, select, string {نص} number {عدد} int {عدد صحيح} boolean {true أو false} array {قائمة} object {مفاتيح وقيم} record {مفاتيح وقيم} tuple {قائمة من اثنين} other {{kind}}}';
const NAME = '{path, select, none {هذا} other {«\u2068{path}\u2069»}}';
const FOUND = '{found, select, missing {غير موجود} list {قائمة} keys {مجموعة مفاتيح} other {\u2068{found}\u2069}}';
const FACT = '«\u2068{fact}\u2069»';
const ID = '«\u2068{id}\u2069»';
const MEANT = 'هل تقصد \u2068{near}\u2069؟';
const ALLOWED = 'المسموح: \u2068{allowed}\u2069.';

export const FAULTS_AR: Readonly<Record<FaultId, string>> = {
  'fault.rule_shape': 'القاعدة قائمة من "مفتاح: قيمة" تبدأ بـ \u2068rule: agency/name\u2069.',
  'fault.no_conditions': '«\u2068eligible_when\u2069» غير موجود: فيه الشروط.',
  'fault.too_large': 'في هذه القاعدة {count} من الشروط، والحد الأقصى {most}. وزّعها على عدة خدمات أو قواعد.',
  'fault.too_large_to_read': 'حتى هنا {count} من الشروط، والحد الأقصى {most}. وزّعها على عدة خدمات أو قواعد.',
  'fault.too_many_marks': 'حتى هنا {most} من القوائم والكلمات والعلامات، أكثر مما في قاعدة.',
  'fault.too_many_oddities': 'حتى هنا {most} من المراسي والتوجيهات ورموز الهروب المجهولة والأقواس التي لم تُفتح. اكتب القاعدة من دونها.',
  'fault.two_rules': 'هنا قاعدة وبعدها أخرى. ضع كل واحدة في نص خاص بها.',
  'fault.too_deep': 'هذا على عمق {depth} من المستويات، والحد الأقصى {most}. ارفع المجموعات أو اجمعها.',
  'fault.condition_shape': 'يُكتب الشرط مثل \u2068{test}\u2069 أو \u2068{group}\u2069.',
  'fault.no_kind': 'يحتاج الشرط إلى واحدة من: \u2068{words}\u2069.',
  'fault.two_kinds': 'لا يمكن أن يكون هنا إلا «\u2068{first}\u2069» أو «\u2068{second}\u2069». ضع كل واحدة في قائمة خاصة بها.',
  'fault.never_enough': 'لا يمكن أبدًا أن يتحقق {count} على الأقل من {length}.',
  'fault.empty_group': '«\u2068{key}\u2069» فيه قائمة شروط، شرط واحد على الأقل.',
  'fault.nested_where': 'لا يمكن أن يكون «\u2068{kind} … where\u2069» داخل «\u2068where\u2069» آخر.',
  'fault.members_needed': '«\u2068{key}\u2069» يسمي معلومة فيها أفراد، مثل \u2068household.members\u2069.',
  'fault.no_members': `${FACT} ليس فيها أفراد. استخدم \u2068household.members\u2069.`,
  'fault.where_missing': '«\u2068{kind}\u2069» يحتاج إلى «\u2068where\u2069»: شرط على كل فرد، مثل \u2068{example}\u2069.',
  'fault.fact_missing': '«\u2068fact\u2069» هو معرّف معلومة، مثل \u2068person.age\u2069.',
  'fault.one_comparison': `للشرط مقارنة واحدة بالضبط، ولهذا {count}. لـ ${FACT}: \u2068{allowed}\u2069.`,
  'fault.wrong_comparison': `لا يمكن مقارنة ${FACT} بـ «\u2068{comparison}\u2069». لها: \u2068{allowed}\u2069.`,
  'fault.service_area_elsewhere':
    'لا يُسأل عن «\u2068service_area\u2069» إلا في \u2068household.place\u2069، وليس داخل «\u2068where\u2069».',
  'fault.service_area_beside': '«\u2068service_area\u2069» وحدها. ضع المناطق الأخرى في شرط خاص بها تحت «\u2068any\u2069».',
  'fault.unknown_table': 'لا يوجد جدول «\u2068{table}\u2069». الجداول: \u2068{tables}\u2069.',
  'fault.unknown_table_near': `لا يوجد جدول «\u2068{table}\u2069». ${MEANT}`,
  'fault.table_period':
    'في «\u2068{table}\u2069» مبالغ لكل {per, select, day {يوم} week {أسبوع} month {شهر} other {سنة}}: قارن به معلومة من نوع المال، لها فترة أيضًا.',
  'fault.fact_name': `${FACT} ليس اسم معلومة: حروف لاتينية صغيرة وأرقام و«_»، كما في \u2068person.age\u2069.`,
  'fault.unknown_fact': `لا توجد معلومة ${FACT}.`,
  'fault.unknown_fact_near': `لا توجد معلومة ${FACT}. ${MEANT}`,
  'fault.inferred_fact': `لا توجد معلومة ${FACT}. تُعتبر ${TYPE} كما تُستخدم هنا. صرّح بها: \u2068{example}\u2069.`,
  'fault.inferred_fact_near': `لا توجد معلومة ${FACT}. ${MEANT} تُعتبر ${TYPE} كما تُستخدم هنا. صرّح بها: \u2068{example}\u2069.`,
  'fault.fact_of_member': `${FACT} تسمي معلومة عن فرد، ولا تكون إلا في «\u2068where\u2069». ${MEANT}`,
  'fault.unknown_word': `«\u2068{word}\u2069» ليست كلمة من كلمات القواعد هنا. ${ALLOWED}`,
  'fault.unknown_word_near': `«\u2068{word}\u2069» ليست كلمة من كلمات القواعد هنا. ${MEANT}`,

  'fault.day_needed': `${FACT} تاريخ: اكتب يومًا مثل \u20682026-05-01\u2069.`,
  'fault.period_needed': 'يحتاج المبلغ إلى فترته: \u2068{example}\u2069.',
  'fault.no_money': `${FACT} ليست مبلغًا: اكتب عددًا.`,
  'fault.no_day': '«\u2068{found}\u2069» ليس يومًا. اكتبه مثل \u20682026-05-01\u2069.',
  'fault.not_comparable': `${FACT} هي ${TYPE}: لا يمكن مقارنة «\u2068{found}\u2069» بها.`,
  'fault.wrong_kind': `${FACT} هي ${TYPE}: هنا {wanted, select, boolean {true أو false} number {عدد} other {كلمة}} وليس \u2068{found}\u2069.`,

  'fault.schema_key': '«\u2068{key}\u2069» كلمة لا يمكن أن تكون هنا.',
  'fault.schema_key_near': '«\u2068{key}\u2069» كلمة لا يمكن أن تكون هنا. هل تقصد {near}؟',
  'fault.schema_missing': `${NAME} غير موجود: ${KIND}.`,
  'fault.schema_kind': `${NAME} هو ${FOUND}؛ المطلوب هنا ${KIND}.`,
  'fault.schema_missing_value': `${NAME} غير موجود. ${ALLOWED}`,
  'fault.schema_value': `${NAME} هو ${FOUND}. ${ALLOWED}`,
  'fault.schema_value_near': `${NAME} هو ${FOUND}. ${ALLOWED} ${MEANT}`,
  'fault.schema_format': `${NAME} هو ${FOUND}. اكتب {format, select, date {يومًا مثل \u20682026-05-01\u2069} other {{format}}}.`,
  'fault.schema_union': `${NAME} هو ${FOUND}، ولا يمكن أن يكون هنا.`,
  'fault.schema_other': `${NAME}: {message}.`,

  'fault.repeated': 'الشرط نفسه موجود هنا مرتين.',
  'fault.bounds_crossed': 'الحد الأدنى أعلى من الحد الأقصى، فلا شيء بينهما.',
  'fault.nobody_passes':
    'هذا {outcome, select, always {يتحقق دائمًا} other {لا يتحقق أبدًا}}{beside, select, yes { مع الشروط التي حوله} other {}}، فلا يمر أحد.',
  'fault.everybody_passes': 'هذا وبدائله معًا ينطبق على الجميع، فلا تقرر المجموعة شيئًا.',
  'fault.settled': 'الشروط التي حوله تحسم الأمر، فلا يقرر هو شيئًا.',
  'fault.missing_translation': 'هذا النص ناقص في: \u2068{languages}\u2069.',
  'fault.unknown_option': `«\u2068{word}\u2069» ليست قيمة من قيم ${FACT}. قيمها: \u2068{allowed}\u2069.`,
  'fault.unknown_option_near': `«\u2068{word}\u2069» ليست قيمة من قيم ${FACT}. ${MEANT}`,
  'fault.duplicate_id': `المعرّف ${ID} مستخدم مرتين: لا يمكن للأسباب أن تميز بينهما.`,
  'fault.unknown_condition': `لا شرط له المعرّف ${ID}.`,
  'fault.unknown_condition_near': `لا شرط له المعرّف ${ID}. ${MEANT}`,
  'fault.other_figure': 'تقول الجملة \u2068{figures}\u2069، وليس هذا ما يطلبه الشرط. اكتبها من جديد أو احذفها.',
  'fault.typed_amount':
    'هذا المبلغ هو \u2068{percent}%\u2069 من «\u2068{table}\u2069» لعدد {entry} منذ \u2068{from}\u2069: مكتوبًا هكذا سيكون خطأ بعد التحديث القادم. أحِل إلى الجدول.',
  'fault.protected_attribute': `${FACT} صفة محمية، وهذا يستبعد أشخاصًا بسببها. اذكر القانون أو السياسة التي تسمح بذلك: \u2068legal_basis: "…"\u2069.`,

  'fault.rule_untested': 'ليس لهذه القاعدة اختبارات. أضف بعضها تحت «\u2068tests\u2069»: لكل اختبار معلومات والنتيجة التي يجب أن تعطيها.',
  'fault.branch_untested':
    'لا اختبار فيه حالة {outcome, select, met {يتحقق فيها} failed {لا يتحقق فيها} other {تتوقف عليه}} (\u2068{condition}\u2069).',
  'fault.test_verdict': 'النتيجة «\u2068{got}\u2069» وليست «\u2068{expected}\u2069».',
  'fault.test_reason': `${ID} ليس بين الأسباب: {reasons, select, none {لا شيء} other {\u2068{reasons}\u2069}}.`,
  'fault.test_unwanted_reason': `${ID} بين الأسباب، والاختبار يقول إنه يجب ألا يكون بينها.`,
  'fault.test_open': `${FACT} ليست بين المعلومات الناقصة: {open, select, none {لا شيء} other {\u2068{open}\u2069}}.`,

  'fix.write': 'اكتب «\u2068{word}\u2069»',
  'fix.write_value': 'اكتب \u2068{value}\u2069',
  'fix.write_percent': 'اكتب \u2068{percent}%\u2069 من \u2068{table}\u2069',
  'fix.monthly': 'اكتبه مبلغًا في الشهر',
  'fix.remove_repetition': 'احذف التكرار',
  'fix.remove_condition': 'احذف هذا الشرط',
  'fix.swap_bounds': 'بدّل الحدين',
  'fix.add_languages': 'أضف اللغات لتُملأ',
  'fix.drop_sentence': 'احذف الجملة: تُصاغ واحدة من الشرط',
  'fix.add_legal_basis': 'أضف أساسًا قانونيًا ليُملأ',
};
