"""Two made-up conventions full of names and figures that no manifest lists, some of them common words."""

BRUME = """Convention territoriale globale du Pays de Brume

Entre les soussignés

La Caf de la Senelle, représentée par sa directrice, Mme Odile Ferrand ;

PRÉAMBULE

Le Pays de Brume réunit dix-sept communes autour de Brumeval.

Article 1er – Objet

La convention fixe les orientations communes.

Annexe A – Plan d'action

AXE 1 – Petite enfance

Objectif stratégique 1.1 – Rendre l'accueil du jeune enfant lisible dans la vallée de la Senelle

FICHE-ACTION N°1 – Ouvrir un guichet unique petite enfance à Brumeval

Constat de départ :

Les familles de Brumeval et de Port-Brillant cherchent seules une place d'accueil pour leur jeune enfant.
Depuis l'arrivée du docteur Kervadec, une trentaine de familles demandent un mode de garde chaque mois.

Résultats attendus

- Informer les familles de Port-Brillant sur les modes d'accueil du jeune enfant
- Réduire de moitié le délai de réponse du guichet unique aux familles
- Offrir dix-sept places de crèche aux familles du guichet unique
- Faire connaître le guichet unique petite enfance aux futurs parents

Chef de file : Odile Ferrand, vice-présidente du Pays de Brume

Partenaires à mobiliser : PMI ; multi-accueil Arc-en-Ciel ; association Coup de Pouce ; RPE de Brumeval

Déroulement de l'action :

1) Recenser les modes d'accueil du jeune enfant avec Mme Ferrand et le docteur Kervadec
2) Installer le guichet unique petite enfance dans l'ancienne gare de Brumeval
3) Recruter une chargée d'accueil à mi-temps pour trente-deux mille euros par an
4) Former les secrétaires de mairie de Vaux-sur-Senelle et des Bordes au guichet unique
5) Créer un formulaire unique de demande d'accueil du jeune enfant pour les familles
6) Ouvrir le guichet unique le mercredi à partir de septembre deux mille vingt-sept
7) Présenter le guichet unique lors de la Foire aux Sabots et dans la gazette « L'Écho du Marais »
8) Renvoyer les familles vers guichet@paysdebrume.example ou le 02 48 00 00 00
9) BRUMEVAL accueillera les familles du guichet unique, brumeval restant le siège

Échéancier
2027

Indicateurs quantitatifs :
- Nombre de familles reçues par le guichet unique, vingt-cinq pour cent de plus chaque année
- Nombre de familles de Port-Brillant informées sur un mode de garde
- Nombre de demandes d'accueil du jeune enfant satisfaites
Indicateurs qualitatifs :
- Satisfaction des familles reçues par Mme Ferrand au guichet unique

FICHE-ACTION N°2 – Soutenir les assistantes maternelles de la Senelle

Résultats attendus
- Rompre l'isolement des quarante-cinq assistantes maternelles du Marais
- Valoriser le métier d'assistante maternelle auprès des demandeurs d'emploi

Chef de file : RPE Les Petits Sabots

Déroulement de l'action :
1) Organiser une soirée par trimestre entre assistantes maternelles chez Mme Le Goff à Brumeval
2) Équiper la Maison Bleue pour les matinées d'éveil des assistantes maternelles
3) Former deux cents assistantes maternelles aux gestes de premiers secours
4) Créer une fiche métier d'assistante maternelle avec l'agence de Saint-Florent-le-Sec

Coût estimé : quinze mille euros
"""

GRANIT = """Convention territoriale globale de la communauté de communes Terre de Granit

Entre les soussignés

La Caf des Hauts, représentée par son directeur, Monsieur Bruno LE MEUR ;

PRÉAMBULE

La communauté de communes Terre de Granit (CCTG9) compte neuf communes.

Annexe A – Plan d'action

AXE 1 – Familles

FICHE-ACTION N°1 – Guichet unique petite enfance de Terre de Granit

Constat de départ :

La commission de Roche-Belle attribue les places de crèche sans critères connus des familles.

Résultats attendus
- Harmoniser l'attribution des places entre la crèche Pom d'Api et la crèche des Lutins
- Offrir aux parents un seul lieu d'information sur l'accueil du jeune enfant

Chef de file : CCTG9

Partenaires à mobiliser : crèche Pom d'Api ; MAM Les Lutins ; écoles de Roche-Belle ; Bruno Le Meur

Déroulement de l'action :
1) Mettre en place une commission d'attribution des places présidée par Bruno Le Meur
2) Demander à Roche-Belle et à Montgranit de financer le guichet unique à parts égales
3) Ouvrir le guichet unique petite enfance trois demi-journées par semaine à la Passerelle
4) Publier les critères d'attribution des places pour les familles
5) Louer un local de soixante mètres carrés rue des Tilleuls pour le guichet unique

Indicateurs quantitatifs :
- Nombre de places attribuées par la commission, cent vingt la première année
- Nombre de familles venues de Montgranit au guichet unique
"""

FOREIGN = (
    "brume", "brumeval", "senelle", "port-brillant", "kervadec", "ferrand", "odile", "arc-en-ciel", "coup de pouce",
    "vaux-sur", "bordes", "sabots", "écho", "marais", "le goff", "maison bleue", "saint-florent", "granit", "cctg9",
    "le meur", "bruno", "roche-belle", "pom d'api", "lutins", "montgranit", "passerelle", "tilleuls", "paysdebrume",
    "02 48", "dix-sept", "trentaine", "trente-deux", "mille", "euros", "vingt-sept", "vingt-cinq", "quarante-cinq",
    "deux cents", "quinze", "soixante", "cent vingt", "trois demi", "de moitié",
)  # fmt: skip
"""What none of the two may lend, in small letters."""
