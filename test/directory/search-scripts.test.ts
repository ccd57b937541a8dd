// Search in many scripts: what is typed, how it is folded, and what must be found by it.

import { describe, expect, it } from 'vitest';
import { DirectoryIndex } from '#shared/directory/index.ts';
import { DirectorySearch } from '#shared/directory/search.ts';
import { parseQuery } from '#shared/directory/search-words.ts';
import { foldWords } from '#shared/directory/words.ts';
import { resource } from './resources.ts';

describe('folding', () => {
  it.each([
    ['Crème-Brûlée, St.', 'creme brulee st'],
    ['St. Mary’s', 'st marys'],
    ['İSTANBUL ışık', 'istanbul isik'],
    ['Straße Łódź Đà Nẵng', 'strasse lodz da nang'],
    ['Hawaiʻi', 'hawaii'],
    ['Ёлка', 'елка'],
    ['ΟΔΌΣ', 'οδοσ'],
    ['مَرْكَزُ الأُسْرَة', 'مركز الاسره'],
    ['كـــتاب', 'كتاب'],
    ['کتاب‌خانه', 'كتاب خانه'],
    ['שָׁלוֹם', 'שלומ'],
    ['フードバンク', 'ふーどばんく'],
    ['ﾌｰﾄﾞ', 'ふーど'],
    ['ＡＢＣ　１２', 'abc 12'],
    ['٣٤٥ ۶۷', '345 67'],
    ['किताब', 'किताब'],
    ['ศูนย์', 'ศูนย์'],
    ['soft\u00adhyphen', 'softhyphen'],
  ])('"%s" is "%s"', (text, folded) => {
    expect(foldWords(text)).toBe(folded);
    expect(foldWords(folded)).toBe(folded);
  });
});

const NAMES = {
  spanish: 'Despensa de Alimentos Señor Jesús',
  french: 'Épicerie Solidaire d’Étampes',
  vietnamese: 'Trung tâm Cộng đồng Việt Nam',
  polish: 'Ośrodek Pomocy Społecznej Łódź',
  turkish: 'Göçmen Dayanışma Merkezi',
  russian: 'Тёплый дом для детей',
  ukrainian: 'Центр допомоги біженцям',
  greek: 'Κέντρο Υποστήριξης Αστέγων',
  arabic: 'مركز الأسرة للمساعدة الغذائية',
  persian: 'کتاب‌خانهٔ محله',
  urdu: 'خواتین کی پناہ گاہ',
  hebrew: 'בֵּית תַּמְחוּי ירושלים',
  hindi: 'भोजन सहायता केंद्र',
  bengali: 'খাদ্য সহায়তা কেন্দ্র',
  thai: 'ศูนย์พักพิงคนไร้บ้าน',
  chinese: '唐人街社区食品中心',
  japanese: 'フードバンク東京',
  korean: '푸드뱅크 나눔센터',
  amharic: 'የምግብ ባንክ',
  armenian: 'Սննդի Բանկ',
  khmer: 'មជ្ឈមណ្ឌលអាហារ',
} as const;

async function searchOf(names: Readonly<Record<string, string>>): Promise<DirectorySearch> {
  const index = DirectoryIndex.build(Object.entries(names).map(([id, name]) => resource({ id, service: { id: `s-${id}`, name } })));
  return DirectorySearch.build(index, { needs: [], pause: async () => {} });
}
const firstId = (search: DirectorySearch, text: string) => search.find(text, { limit: 1 }).map(({ row }) => search.index.id(row))[0];

describe('search in many scripts', () => {
  it.each(Object.keys(NAMES) as (keyof typeof NAMES)[])('a name in %s is found by itself', async (id) => {
    expect(firstId(await searchOf(NAMES), NAMES[id])).toBe(id);
  });

  it.each([
    ['senor jesus', 'spanish'],
    ['despnsa alimentos', 'spanish'],
    ['epicerie etampes', 'french'],
    ['cong dong viet', 'vietnamese'],
    ['osrodek spolecznej', 'polish'],
    ['gocmen dayanisma', 'turkish'],
    ['теплый дом', 'russian'],
    ['ТЕПЛЫЙ', 'russian'],
    ['тёплиый', 'russian'],
    ['біженцм', 'ukrainian'],
    ['κεντρο αστεγων', 'greek'],
    ['αστεγως', 'greek'],
    ['الاسره', 'arabic'],
    ['أسرة', 'arabic'],
    ['المركز', 'arabic'],
    ['المساعده', 'arabic'],
    ['كتابخانه', 'persian'],
    ['محله', 'persian'],
    ['خواتين', 'urdu'],
    ['בית תמחוי', 'hebrew'],
    ['ירושלימ', 'hebrew'],
    ['सहायता', 'hindi'],
    ['সহায়তা', 'bengali'],
    ['พักพิง', 'thai'],
    ['社区', 'chinese'],
    ['食品', 'chinese'],
    ['心', 'chinese'],
    ['社区food', 'chinese'],
    ['ふーどばんく', 'japanese'],
    ['東京', 'japanese'],
    ['푸드', 'korean'],
    ['푸ㄷ', 'korean'],
    ['푸드뱅', 'korean'],
    ['나눔샌터', 'korean'],
    ['ባንክ', 'amharic'],
    ['սննդի', 'armenian'],
    ['អាហារ', 'khmer'],
  ])('"%s" finds the %s one first', async (text, id) => {
    expect(firstId(await searchOf(NAMES), text)).toBe(id);
  });
});

describe('what is typed', () => {
  const words = (text: string) => parseQuery(text).words.map(({ word }) => word);
  it.each([
    ['Food, pantry!', ['food', 'pantry']],
    ['社区食品', ['社区', '区食', '食品']],
    ['call (555) 123-4567 now', ['#5551234567', 'call', 'now']],
    ['٥٥٥-١٢٣-٤٥٦٧', ['#5551234567']],
    ['118 Tanner', ['118', 'tanner']],
    ['a a a', ['a']],
  ])('%s', (text, expected) => expect(words(text)).toEqual(expected));

  it.each([
    ['"food pantry" hope', [{ text: 'food pantry', open: false }]],
    ['“Food  Pantry”', [{ text: 'food pantry', open: false }]],
    ['«épicerie solidaire»', [{ text: 'epicerie solidaire', open: false }]],
    ['「社区食品」', [{ text: '社区食品', open: false }]],
    ['"night shel', [{ text: 'night shel', open: true }]],
    ['""', []],
  ])('phrases of %s', (text, phrases) => expect(parseQuery(text).phrases).toEqual(phrases));
});
