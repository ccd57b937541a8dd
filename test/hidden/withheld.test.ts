// Which texts hide a place, and which only speak of confidence.

import { describe, expect, test } from 'vitest';
import { saysPlaceHidden, saysWithheld } from '#shared/directory/withheld.ts';

describe('a cell of an address', () => {
  test.each([
    'Confidential',
    'CONFIDENTIAL LOCATION',
    'Confidential, 99 Secret Lane',
    'Undisclosed',
    'undisclosed location',
    'Address withheld',
    'address is private',
    'Private address',
    'Not disclosed',
    'Location not to be disclosed',
    'Call for address',
    'Please call us for the location',
    'Unlisted',
    'Hidden',
    'Secret location',
    'Safe house',
    'Confidencial',
    'Dirección confidencial',
    'Ubicación no divulgada',
    'No se publica',
    'Domicilio reservado',
    'Llame para obtener la dirección',
    'Confidentielle',
    'Adresse confidentielle',
    'Adresse tenue secrète',
    'Non communiquée',
    'Adresse sur demande',
    'Appelez pour connaître l’adresse',
  ])('hides: %s', (text) => expect(saysWithheld(text)).toBe(true));

  test.each([
    '99 Secret Lane',
    '12 Hidden Valley Road',
    'Privada de los Pinos 5',
    'Calle Reservada 4',
    '1 Private Drive',
    'Protection Island',
    '4 Confidence Street',
    'Publishers Row 3',
    '12 Main St',
    'Suite 4, Unlit Hall',
    'Calle Secreta 12',
    '3 rue Cachée',
    '',
  ])('does not: %s', (text) => expect(saysWithheld(text)).toBe(false));
});

describe('prose', () => {
  test.each([
    'Emergency shelter at a confidential location for survivors of domestic violence.',
    'The location of the shelter is confidential.',
    'The shelter’s address is kept strictly confidential',
    'Shelter location undisclosed for safety.',
    'Our address will not be published.',
    'For your safety we do not disclose our location.',
    "We don't give out the address.",
    'Call the hotline for the location',
    'Address given after intake by phone.',
    'Confidential shelter for women and children.',
    'A secret safe house in the county.',
    "Anna's House (confidential)",
    'Emergency Shelter [undisclosed]',
    'Women’s Shelter - Confidential Location',
    'Refugio en una ubicación confidencial.',
    'La dirección del refugio es confidencial',
    'La dirección no se publica por seguridad',
    'No divulgamos nuestra ubicación.',
    'Albergue secreto para mujeres',
    'Llame a la línea para obtener la dirección.',
    'Hébergement à une adresse confidentielle.',
    'L’adresse est tenue secrète.',
    'L’adresse n’est pas communiquée.',
    'Appelez-nous pour obtenir l’adresse.',
    'Adresse communiquée après entretien.',
  ])('hides: %s', (text) => expect(saysPlaceHidden(text)).toBe(true));

  test.each([
    'Free and confidential services.',
    'Confidential HIV testing at this clinic.',
    'All requests are confidential.',
    'Calls are confidential and will be returned. Intake location is flexible.',
    'Information from Legal Information Center personnel is not confidential.',
    'A safe, confidential place for teens to talk.',
    'Confidential counseling in a private setting at two locations.',
    'Servicios confidenciales y gratuitos.',
    'Consultas confidenciales en nuestra oficina.',
    'Accueil confidentiel et gratuit.',
    'Our location is not confidential.',
    'Call for an appointment at the location near you.',
    'Private parking at the site.',
    'We do not share your information. Our address is below.',
    'The Secretary of the shelter is on the third floor.',
  ])('does not: %s', (text) => expect(saysPlaceHidden(text)).toBe(false));
});
