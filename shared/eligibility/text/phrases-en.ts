// English phrases of eligibility texts. Classes are told in phrases.ts; phrases stand between "|".

import type { PhraseTable } from './phrases.ts';

export const ENGLISH: PhraseTable = {
  // ages
  or_more: `+ | and older | or older | and over | or over | and up | or up | and above | or above | or more | and more | or greater |
    plus | & older | & over | & up | and olders | or better`,
  or_less: `and younger | or younger | and under | or under | or less | or below | and below | or lower | and less | or fewer | & under |
    & younger`,
  under: `under | younger than | less than | below | fewer than | lower than | under the age of | below the age of | not yet`,
  over: `over | above | over the age of | above the age of`,
  more_than: `older than | more than | greater than`,
  at_least: `at least | a minimum of | minimum | no younger than | no less than | not less than | not younger than | minimum age |
    minimum age of | minimum age is`,
  at_most: `at or below | at or under | at most | up to | no more than | not more than | no older than | not older than | not over |
    not above | below or at | equal to or less than | less than or equal to | equal to or below | not to exceed | not exceeding |
    a maximum of | maximum | no greater than | not greater than | no higher than | not higher than | or below | must not exceed |
    may not exceed | cannot exceed | does not exceed | do not exceed | not exceed | is not more than | lower than or equal to |
    at / below`,
  between: `between | between the ages of | from | between ages | from ages | from age | from the ages of`,
  range: `- | to | through | thru | until`,
  years: `years | years old | years of age | year | year old | yrs | yr | yrs old | y / o | yo | year olds | - year - olds |
    - year - old | year - old | year - olds | years of ages | yrs of age | yrs .`,
  ages: `age | ages | aged | age of | ages of | the age of | the ages of | age range | age group | age is`,
  unit: `months | month | months old | days | day | weeks | week | hours | hour | minutes | miles | mile | people | persons | members |
    times | dollars | pounds | am | pm | a . m | p . m | bedrooms | units | beds | credits | visits | employees | percent of all`,
  of_age: `+ | and older | or older | and over | or over | and up | or up | and younger | or younger | & older | & over | & up | & younger |
    between the ages of | between ages | from ages | from age | from the ages of | minimum age | minimum age of | minimum age is |
    under the age of | below the age of | over the age of | above the age of | younger than | older than | no younger than |
    no older than | not older than | not younger than | and under | or under | & under | over`,
  // income
  income: `income | incomes | household income | household incomes | family income | family incomes | gross income |
    gross household income | annual income | annual household income | total household income | total income | yearly income |
    monthly income | monthly household income | income level | income levels | household income level | gross annual income |
    gross monthly income | combined income | income limit | income limits | income guidelines | income eligibility |
    annual gross income | annual family income`,
  income_monthly: `monthly income | monthly household income | gross monthly income`,
  income_yearly: `annual income | annual household income | yearly income | gross annual income | annual gross income |
    annual family income`,
  poverty: `fpl | fpg | federal poverty level | federal poverty levels | federal poverty line | federal poverty guideline |
    federal poverty guidelines | federal poverty limit | federal poverty income guidelines | poverty level | poverty line |
    poverty guideline | poverty guidelines | poverty | federal poverty | federal poverty level ( fpl ) |
    federal poverty guidelines ( fpg ) | fpig | u . s . poverty guidelines`,
  monthly: `a month | per month | monthly | each month | / month | / mo | every month`,
  yearly: `a year | per year | annually | each year | yearly | / year | / yr | per annum | every year`,
  weekly: `a week | per week | weekly | each week | / week`,
  earn: `earn | earning | earns | make | making | makes | who earn | earnings`,
  fee: `fee | fees | charge | charges | charged | pay | sliding | sliding scale | discount | discounts | discounted | reduced | copay |
    co - pay`,
  // who
  noun: `people | americans | persons | person | individual | individuals | those | clients | client | applicants | applicant | participants |
    participant | patients | patient | guests | guest | customers | residents | resident | households | household |
    members of the community | community members | consumers | consumer | callers | persons served | someone | head of household |
    heads of household | a person | recipients | population | populations | students and adults | adult children | adult child |
    individuals and families | individuals or families | families and individuals | people and families | families or individuals`,
  everyone: `anyone | everyone | everybody | anybody | all | the public | general public | the general public | all people |
    all persons | all individuals | all ages | any age | people of all ages | individuals of all ages | any individual | any person |
    all residents | everyone and anyone | all community members | the community`,
  no_limits: `no restrictions | no restriction | no requirements | no eligibility requirements | no eligibility restrictions |
    no eligibility criteria | no requirement | none | unrestricted | no limitations | no qualifications | no qualifications needed |
    all are welcome | all welcome | everyone is welcome | everyone welcome | no eligibility | no specific requirements |
    no special requirements | anyone can apply | anyone may apply | anyone is welcome | all ages welcome | no eligibility requirement |
    none listed`,
  adults: `adults | adult | adult men and women`,
  minors: `minors | minor | minor children | minor child`,
  child: `children | child | kids | infants | toddlers | dependent children | dependent child | infants and toddlers |
    children or youth | children and youth | young children | infants and children | school age children | school - age children |
    preschool children | preschoolers`,
  family: `families | family | parents | parent | mothers | mother | fathers | father | caregivers | guardians | parents and guardians |
    parents or guardians | custodial parents | single parents | moms | dads`,
  vague: `seniors | senior | senior citizens | senior citizen | elderly | the elderly | elders | elder | older adults | older adult |
    older people | older persons | older individuals | elderly adults | elderly persons | elderly people | elderly individuals | youth |
    youths | young people | young adults | young adult | teens | teen | teenagers | adolescents | low - income | low income |
    very low income | very low - income | extremely low income | limited income | modest income | immigrants | immigrant | undocumented |
    boys | girls | needy | disadvantaged | underserved | vulnerable | transition age youth | transitional age youth |
    transition - age youth | survivors | victims | at - risk youth | young men | young women | eligible non - citizen |
    eligible non - citizens | eligible noncitizen | eligible noncitizens | lawfully present | surviving | eligible immigrants |
    qualified non - citizens | qualified immigrants | qualified non - citizen | men and boys | women and girls`,
  // traits
  'trait:veteran': `veterans | veteran | military veterans | u . s . veterans | us veterans | wartime veterans |
    honorably discharged veterans | former military | former service members | served in the military | served in the active military |
    served in the u . s . military | served in the armed forces | have served in the military | have had military service |
    had military service | has served in the military | veteran of the u . s . military | veteran of the armed forces |
    veterans of the armed forces | u . s . military veterans | military veteran | served in the us military |
    have served in the armed forces | served in the u . s . armed forces`,
  'part:veteran': `active duty military | active - duty military | active duty service members | active military | active duty |
    service members | reservists`,
  'trait:woman': `women | woman | females | female | adult women | ladies`,
  'trait:man': `men | man | males | male | adult men`,
  'trait:pregnant': `pregnant | pregnant women | pregnant woman | pregnant people | pregnant persons | expectant mothers |
    expecting mothers | pregnant individuals | pregnant mothers | expectant parents | pregnant person | pregnant individual`,
  'trait:student': `students | student | college students | college student | enrolled in school | attending school |
    full - time student | full - time students | a full time student | full time students | high school students | high school student |
    in school`,
  'trait:disability': `disabled | with a disability | with disabilities | with disability | with a physical disability |
    with a mental disability | with physical disabilities | with developmental disabilities | with a developmental disability |
    with intellectual disabilities | living with a disability | living with disabilities | living with disability | disabled adults |
    disabled people | disabled individuals | disabled persons | handicapped | the disabled | disabled person |
    persons with disabilities | who have a disability | who have disabilities | having a disability | with a documented disability |
    with one or more disabilities | with physical or mental disabilities | who has a disability | physically disabled |
    developmentally disabled`,
  'thing:disability': `a disability | disability | disabilities | a physical or mental disability | a documented disability |
    a physical disability | a developmental disability`,
  'trait:homeless': `homeless | the homeless | homeless people | homeless individuals | homeless persons | unhoused | houseless |
    experiencing homelessness | without housing | without a home | who are homeless | currently homeless | literally homeless |
    living on the street | homelessness`,
  'trait:uninsured': `uninsured | without health insurance | without insurance | no health insurance | no insurance |
    who lack health insurance | lack health insurance | without medical insurance | no medical insurance | not have health insurance |
    without health coverage | do not have health insurance | who do not have health insurance | does not have health insurance |
    lacking health insurance | who have no health insurance | with no health insurance | with no insurance | no health coverage`,
  'trait:insured': `insured | health insurance | medical insurance`,
  'trait:unemployed': `unemployed | out of work | jobless | not working`,
  'trait:employed': `employed | working | currently working | working adults`,
  'trait:looking': `job seekers | jobseekers | looking for work | seeking employment | job seeker | looking for a job | seeking work`,
  'trait:citizen': `u . s . citizens | u . s . citizen | us citizens | us citizen | united states citizen | united states citizens |
    citizens | citizen | american citizen | american citizens | citizens of the united states | citizen of the united states |
    u . s . citizenship | us citizenship`,
  'trait:permanent_resident': `permanent residents | permanent resident | legal permanent residents | legal permanent resident |
    lawful permanent residents | lawful permanent resident | legal residents | legal resident | green card holders | lpr | lprs`,
  'trait:refugee': `refugees | refugee | asylees | asylee | refugees and asylees | refugees or asylees | refugee or asylee`,
  'trait:fleeing': `fleeing domestic violence | fleeing violence | fleeing abuse | fleeing an abuser | fleeing an abusive relationship |
    fleeing from domestic violence | escaping domestic violence | escaping abuse | escaping violence | fleeing an abusive situation |
    fleeing from abuse`,
  'trait:sober': `sober | clean and sober | drug and alcohol free | free of drugs and alcohol | alcohol and drug free`,
  'trait:eviction': `an eviction notice | eviction notice | eviction notices | facing eviction with a notice |
    received an eviction notice | a notice of eviction | received a notice of eviction`,
  'trait:shutoff': `a shut - off notice | shut - off notice | shutoff notice | a shutoff notice | a disconnect notice |
    disconnect notice | disconnection notice | a disconnection notice | a utility shut - off notice | shut off notice |
    a shut off notice`,
  'trait:guardian': `accompanied by an adult | accompanied by a parent | accompanied by a parent or guardian |
    accompanied by a parent or legal guardian | accompanied by a guardian | with a parent or guardian`,
  'trait:custody': `custody of their children | custody of the children | custody of a child | custody of your children |
    custody of children | legal custody of the children`,
  'benefit:snap': `snap | food stamps | snap benefits | food stamp | supplemental nutrition assistance program | ebt`,
  'benefit:wic': `wic | wic benefits`,
  'benefit:medicaid': `medicaid | medicaid benefits | medi - cal`,
  'benefit:medicare': `medicare | medicare benefits | medicare part a | medicare part b`,
  'benefit:tanf': `tanf | tanf benefits | temporary assistance for needy families`,
  'benefit:ssi': `ssi | supplemental security income | ssi benefits`,
  'benefit:ssdi': `ssdi | social security disability insurance | social security disability | ssdi benefits`,
  'benefit:unemployment': `unemployment benefits | unemployment insurance | unemployment compensation`,
  'benefit:housing_voucher': `housing voucher | housing vouchers | section 8 | a housing choice voucher | housing choice voucher |
    a section 8 voucher | a housing voucher | housing choice vouchers`,
  'benefit:school_meals': `free or reduced lunch | free or reduced price lunch | free and reduced lunch |
    free or reduced - price school meals | free school meals`,
  'document:photo_id': `photo id | a photo id | picture id | a picture id | photo identification | a photo identification |
    picture identification | valid photo id | a valid photo id | government issued photo id | government - issued photo id |
    a government - issued photo id | a government issued photo id | state photo id | photo i . d | a photo i . d | a valid picture id |
    valid photo identification | current photo id | a current photo id | valid picture id`,
  'document:birth_certificate': `birth certificate | a birth certificate | birth certificates`,
  'document:social_security_card': `social security card | a social security card | social security cards`,
  'document:proof_of_address': `proof of address | proof of residency | proof of residence | proof of your address |
    proof of current address`,
  'document:proof_of_income': `proof of income | proof of household income | verification of income | income verification |
    proof of your income | proof of all household income`,
  // frames
  must: `must | must be able to be | need to | needs to | have to | has to | are required to | is required to | required to | shall |
    must also | need | must either | must currently`,
  required: `required | is required | are required | must be provided | must be presented | must be shown | needed | is needed |
    are needed | is necessary | necessary`,
  you: `you | applicants | applicant | clients | client | participants | participant | patients | guests | he / she | they | he or she |
    your household | household | households | the applicant | the client | the household | your family | residents | callers | we |
    an individual | individuals | a person | persons | people | the person | customers | all applicants | all clients | all participants`,
  be: `be | are | is | being | am | been | be a | are a`,
  have: `have | has | having | show | present | bring | provide | possess | hold | bring a copy of | provide a copy of | must bring`,
  live_in: `residents in | resident in | residents within | residents from | live in | lives in | living in | reside in | resides in | residing in | live within | reside within | living within |
    residing within | a resident of | resident of | residents of | be a resident of | live or work in | who live in | who reside in |
    residency in | residence in | permanent resident of | permanent residents of | current resident of | current residents of |
    lives within | resides within`,
  resident: `residents | resident | residency | households | families`,
  receive: `receive | receives | receiving | get | getting | on | enrolled in | enrolled on | recipients of | recipient of |
    participate in | participating in | who receive | currently receiving | approved for`,
  recipient: `recipients | recipient | participants | beneficiaries | beneficiary | enrollees | holders | members | clients |
    households | families`,
  open_to: `open to | free to | open only to | only open to | available to | available only to | only available to | available for |
    limited to | restricted to | for | only for | serves | serving | serve | we serve | serves only | only serves | exclusively for |
    designed for | intended for | is for | are for | geared toward | targeted to | targeted toward | must serve | open for |
    reserved for | offered to | offered only to | helps | this service is for | this program is for | program is for | program serves |
    assists | designed to help | designed to assist | is limited to | are limited to | services are for | services for | service for |
    program for | shelter for | housing for | a program for`,
  provides: `provides | provide | offers | offer | gives | providing | offering`,
  to: `for`,
  qualifies: `are eligible | is eligible | qualify | qualifies | may qualify | may be eligible | can apply | may apply | can qualify |
    will qualify | are served | can receive | may receive | are accepted | eligible to apply | are eligible to apply |
    are automatically eligible`,
  lead: `eligibility | eligibility requirements | eligibility criteria | requirements | requirement | eligible | who is eligible |
    who can apply | who may apply | qualifications | criteria | who qualifies | to be eligible | to qualify | in order to be eligible |
    in order to qualify | to be eligible for services | target population | population served | who we serve | restrictions |
    eligible individuals | in order to receive services | to receive services | to be eligible for this program | to participate |
    to apply | to enroll | age requirement | age requirements | income requirement | income requirements | residency requirements |
    residency requirement | to be eligible for assistance | gender | in order to participate`,
  if: `if | if you | when you | as long as | if you are | if attending`,
  who: `who | whose | that | who are | who is | who have | who has | that are | that have | who must | which`,
  and_be: `who are | who is | that are | if you are | if attending`,
  // joining and caution
  and: `and | & | and also | as well as | and must | and who | plus also`,
  or: `or | and / or | or be | / | or who | or must | nor`,
  of_these: `one of | one of these | one of the following | any of the following | any of these | one or more of the following |
    at least one of the following | either of the following | any one of the following | at least one of these | one of the below`,
  all_of: `all of the following | the following | these | each of the following | all of these | all the following`,
  restrict: `in need | in the following areas | in the following counties | in the following | in | from | at | within | by | through | seeking | on | during | needing | facing | dealing with | as | across |
    throughout | while | due to | because of | under | living`,
  of: `of`,
  with: `with | with a | w /`,
  including: `including | such as | e . g | for example | especially | like | particularly | include | includes | i . e`,
  only: `only | exclusively | solely`,
  filler: `a | an | the | of | any | currently | eligible | qualified | qualifying | also | either | their | your | our | this |
    legally | single | legal | individual | please note | full - time | total | current | each | every | both | other eligible |
    at the time of application | local | area`,
  not: `not | no | non | never | cannot | can't | don't | doesn't | without | neither | must not | may not | not be | ineligible |
    excluded | excluding | prohibited | won't | not eligible | not currently`,
  unless: `unless | except | except for | exception | exceptions | otherwise | other than | exempt | waived | however |
    exceptions may be made`,
  income_exception: `higher income limits | over that income limit | above that income limit | over income | income exceptions |
    higher income limit | higher incomes | over the income limit | above the income limit`,
  weak: `priority | preference | preferred | primarily | mainly | mostly | usually | generally | typically | often | focus | focuses |
    focused | emphasis | encouraged | recommended | some | many | most | should | prefer | mission | first priority | specializes |
    specializing | depending | varies | vary | certain | percent of | about | approximately`,
  not_needed: `not required | is not required | are not required | not necessary | is not necessary | not needed | no need |
    do not need | does not need | don't need | do not have to | does not have to | don't have to | need not | regardless of |
    without regard to | no matter | not a requirement | is not a factor | not required to | do not require | does not require |
    we do not ask | not ask about | irrespective of | not asked | no income limit | no income limits | no age limit | no age limits |
    no income requirement | no income requirements | no income restrictions | no income guidelines | no age restrictions |
    no age requirement | no age requirements | no residency requirement | no residency requirements | no citizenship requirement |
    no id | no identification | no documentation | no proof | no referral | no appointment | no appointment needed |
    no appointment necessary | not have to`,
  logistics: `by appointment | by appointment only | appointment | appointments | appointment only | call | please call | calls |
    walk - in | walk - ins | walk ins | first - come | first come | leave a message | apply online | business hours | email | visit |
    click | website | contact | referral required | message | doors open`,
  partial: `delivery | deliveries | home delivery | delivered | additional | extra | monday | mondays | tuesday | tuesdays | wednesday |
    wednesdays | thursday | thursdays | friday | fridays | saturday | saturdays | sunday | sundays`,
  but: `but | although | though | however ,`,
  others: `others | other people | anyone else | other individuals | more | etc | other groups | other persons`,
  // places
  county: `county | counties | city | parish | township | borough | school district`,
  city_of: `the city of | city of | the county of | the town of | town of | county of | the state of | state of | the village of |
    village of`,
  service_area: `the service area | our service area | service area | the county | the area | the area served | the district |
    the designated service area | local area | the local area`,
};
