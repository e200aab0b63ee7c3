package io.parano.demo;

import java.util.ArrayList;
import java.util.List;

/// A customer of the made-up company, made up too.
///
/// @param handle the customer handle (NIC)
/// @param telephone from ranges kept for fiction where the country has one (ARCEP decision
///   2018-0881, Ofcom), else with 555-01 in it
record Customer(
    String handle,
    String surname,
    String firstName,
    String address,
    String city,
    String country,
    String telephone,
    List<String> servers) {
  Customer {
    servers = List.copyOf(servers);
  }

  private static final String FILE =
      """
      Aubert|Inès|3 rue des Cormiers|Rennes|FR|+33 1 99 00 12 04|vps-0412,mail-0077
      Bakker|Joost|Lijnbaan 40|Rotterdam|NL|+31 10 555 01 13|srv-1180
      Berger|Élodie|18 quai du Port|Nantes|FR|+33 2 61 91 00 21|srv-0931,srv-0932,vps-0500
      Castell|Oriol|Carrer de Verdi 9|Barcelona|ES|+34 93 555 01 40|vps-1207
      Dubreuil|Karim|7 impasse du Lin|Roubaix|FR|+33 3 53 01 00 19|srv-0115
      Ekberg|Maja|Storgatan 12|Umeå|SE|+46 90 555 01 22|srv-1342,mail-0120
      Fournel|Jeanne|52 cours Lafayette|Lyon|FR|+33 4 65 71 00 08|vps-0230
      Garnier|Bastien|1 place du Marché|Gravelines|FR|+33 3 53 01 00 77|srv-0007
      Hughes|Gwen|14 Quay Street|Cardiff|GB|+44 29 2018 0142|srv-1401
      Iversen|Nils|Havnegade 3|Aarhus|DK|+45 55 50 11 09|vps-1422
      Jacquet|Solène|9 rue du Puits|Strasbourg|FR|+33 3 53 01 00 45|srv-0660,srv-0661
      Kowalski|Piotr|ul. Długa 21|Gdańsk|PL|+48 58 555 01 31|vps-0989
      Lemaire|Ousmane|4 allée des Pins|Bordeaux|FR|+33 5 36 49 00 30|srv-0845
      Moreau|Lucie|33 rue de la Paix|Dunkerque|FR|+33 3 53 01 00 52|mail-0019
      Novák|Tereza|Na Poříčí 8|Praha|CZ|+420 555 010 117|srv-1511,vps-1512
      Orsini|Marco|Via Roma 77|Torino|IT|+39 011 555 0160|srv-1290
      """;

  static List<Customer> all() {
    List<Customer> customers = new ArrayList<>();
    int number = 4700;
    for (String line : FILE.strip().lines().toList()) {
      String[] field = line.split("\\|", -1);
      number += 13;
      String handle = "" + field[1].charAt(0) + field[0].charAt(0) + number + "-BRM";
      customers.add(
          new Customer(
              handle,
              field[0],
              field[1],
              field[2],
              field[3],
              field[4],
              field[5],
              List.of(field[6].split(",", -1))));
    }
    return List.copyOf(customers);
  }
}
