"""The words of the fictional pact: invented people, measures, sources and sentences."""

from datetime import date

from monitor.pacts import Measure, Pact

TERM_END = date(2026, 3, 22)
PACT = Pact(
    id="demo",
    title="Pacte fictif des communes",
    question="Ma commune, fictive, tient-elle parole ?",
    promoter="Collectif fictif de démonstration",
    election="Élections municipales 2020 (données fictives)",
    election_on=date(2020, 6, 28),
    term_start=date(2020, 7, 5),
    term_end=TERM_END,
    language="fr",
    fictional=True,
    licence="CC0-1.0",
    measures=(
        Measure(
            id="1",
            objective="Servir dans les cantines une alimentation saine et locale",
            objective_en="Serve healthy and local food in school canteens",
            wording="Servir, avant la fin du mandat, au moins la moitié de produits biologiques ou "
            "locaux dans les cantines scolaires.",
            title_fr="Cantines biologiques et locales",
            title_en="Organic and local canteens",
            criterion_fr="Un relevé annuel publié montre au moins 50 % de produits biologiques ou "
            "locaux, en valeur, dans les cantines scolaires.",
            criterion_en="A published yearly record shows at least 50% of organic or local products, "
            "by value, in school canteens.",
        ),
        Measure(
            id="2",
            objective="Rendre les trajets à vélo sûrs et continus",
            objective_en="Make cycling safe and continuous",
            wording="Ouvrir un itinéraire cyclable continu et protégé entre la mairie, les écoles et "
            "la gare ou l'arrêt principal.",
            title_fr="Itinéraire cyclable continu",
            title_en="Continuous cycle route",
            criterion_fr="L'itinéraire est ouvert à la circulation sur toute sa longueur, avec une "
            "séparation des voitures.",
            criterion_en="The route is open along its whole length, separated from cars.",
            due_on="2024-12-31",
        ),
        Measure(
            id="3",
            objective="Publier les données de la commune",
            objective_en="Publish the commune's data",
            wording="Publier en données ouvertes les délibérations, le budget et les subventions, et "
            "les tenir à jour.",
            title_fr="Données ouvertes",
            title_en="Open data",
            criterion_fr="Les trois jeux de données sont en ligne, sous licence ouverte, et ont moins "
            "d'un an.",
            criterion_en="The three datasets are online, under an open licence, and less than a year "
            "old.",
        ),
    ),
)

GIVEN = (
    "Adèle",
    "Aïcha",
    "Alban",
    "Anaïs",
    "Baptiste",
    "Bérénice",
    "Camille",
    "Cédric",
    "Céleste",
    "Clément",
    "Colette",
    "Dario",
    "Éléonore",
    "Élias",
    "Émeline",
    "Fabien",
    "Farid",
    "Gaëlle",
    "Gaspard",
    "Hélène",
    "Hervé",
    "Inès",
    "Irène",
    "Jean-Loup",
    "Joëlle",
    "Kévin",
    "Léonie",
    "Lise",
    "Loïc",
    "Maëlle",
    "Malik",
    "Marie-Ange",
    "Mathis",
    "Nadège",
    "Noé",
    "Octave",
    "Océane",
    "Pierre-Yves",
    "Quentin",
    "Raphaëlle",
    "Rémi",
    "Sabrina",
    "Sœurette",
    "Théo",
    "Ulysse",
    "Valentine",
    "Victoire",
    "Xavière",
    "Yann",
    "Zoé",
)
FAMILY = (
    "Abadival",
    "Aubrenne",
    "Barjolin",
    "Bellecroix",
    "Bourdelas",
    "Brévignon",
    "Cazemajou",
    "Chantrelle",
    "Combarieu",
    "Courtadon",
    "Dargencourt",
    "Delmarsan",
    "Desvaubert",
    "D'Hautrive",
    "Escalibert",
    "Fauvernois",
    "Ferradou",
    "Fontbrune",
    "Garrivier",
    "Gaudrimont",
    "Grandvallet",
    "Hauteroque",
    "Jolivard",
    "Kerguézec",
    "L'Hermignac",
    "Labaudière",
    "Lacombrade",
    "Lanvézéac",
    "Le Guirrec",
    "Lœvenbruck",
    "Malvoisin-Rey",
    "Marsaudon",
    "Montagrier",
    "Nadalou",
    "Orsillac",
    "Pastourelle",
    "Peyrefiche",
    "Pontcharra-Vial",
    "Querrien",
    "Rabastou",
    "Roquevaire",
    "Saint-Amarin",
    "Sauvebœuf",
    "Tamarelle",
    "Tréguidel",
    "Urtizberea",
    "Valcourtois",
    "Vaudreix",
    "Vermorelle",
    "Zaccharin",
)

SOURCES = {
    "announced": ("press", "city_statement"),
    "decided": ("council_act", "budget", "contract"),
    "in_progress": ("report", "press", "city_statement"),
    "partly_implemented": ("report", "association", "field_visit"),
    "implemented": ("report", "council_act", "field_visit"),
    "stalled": ("press", "association"),
    "abandoned": ("council_act", "press"),
    "not_started": ("report", "press", "association"),
}
PUBLISHERS = {
    "council_act": "Conseil municipal (fictif)",
    "budget": "Budget de la commune (fictif)",
    "contract": "Marché public (fictif)",
    "report": "Rapport annuel de la commune (fictif)",
    "city_statement": "Site de la commune (fictif)",
    "press": "Le Petit Courrier fictif",
    "association": "Association de suivi (fictive)",
    "field_visit": "Visite sur place (fictive)",
}
SUBJECTS = {
    "1": (
        "la part de produits locaux à la cantine",
        "le marché de restauration scolaire",
        "l'approvisionnement de la cuisine centrale",
    ),
    "2": (
        "l'itinéraire cyclable entre la mairie et l'école",
        "la piste protégée de l'avenue principale",
        "le stationnement des vélos près de l'arrêt",
    ),
    "3": (
        "la publication du budget en données ouvertes",
        "la mise en ligne des délibérations",
        "le fichier ouvert des subventions",
    ),
}
SENTENCES = {
    "announced": "Lors d'une réunion publique, la municipalité annonce vouloir agir sur {subject}.",
    "decided": "Le conseil municipal vote par {votes} voix une délibération sur {subject}, et y "
    "affecte {budget} €.",
    "in_progress": "Les travaux avancent : {share} % du calendrier prévu pour {subject} est réalisé.",
    "partly_implemented": "Le bilan annuel montre que {subject} atteint {share} % de l'objectif.",
    "implemented": "Le relevé publié montre que le critère est rempli pour {subject}.",
    "stalled": "Le dossier n'a pas bougé depuis {months} mois : {subject} attend une décision.",
    "abandoned": "La municipalité renonce : une délibération annule les crédits prévus pour {subject}.",
    "not_started": "Le point d'étape le dit : rien n'a encore commencé sur {subject}.",
    "no_evidence": "Cherché dans les délibérations, le site et la presse locale sur {subject} : rien "
    "trouvé.",
    "not_applicable": "La compétence a été transférée à l'intercommunalité : {subject} ne dépend "
    "plus de la commune.",
    "note": "Une habitante interroge le conseil sur {subject} ; l'adjointe répond que le sujet suit "
    "son cours.",
    "reply": "La mairie répond que {subject} a pris du retard pour des raisons de calendrier, et "
    "donne rendez-vous dans {months} mois.",
    "retraction": "Entrée retirée.",
}
#: Why an entry was corrected: its status, its day, or what it rests on.
CORRECTIONS = {
    "status": "Le document cité ne portait que sur une partie de la mesure.",
    "day": "Erreur de date : la séance s'est tenue un autre jour.",
    "source": "La commune a transmis une pièce plus précise.",
}
RETRACTIONS = (
    "La source citée parle d'une autre commune.",
    "Doublon d'une entrée déjà acceptée.",
)
