"""How people call the regions of France beside their names, and the regions that there were until 2016:
both lead to the region of today."""

#: By the name of today, as a search key: what it is called for short.
SHORT = {
    "auvergne rhone alpes": ("ara", "aura"),
    "bourgogne franche comte": ("bfc",),
    "centre val de loire": ("cvl", "centre"),
    "hauts de france": ("hdf",),
    "ile de france": ("idf", "region parisienne"),
    "nouvelle aquitaine": ("naq",),
    "pays de la loire": ("pdl",),
    "provence alpes cote d azur": ("paca", "sud", "sud paca"),
}
#: The regions that were joined to others in 2016 (law no. 2015-29 of 16 January 2015).
FORMER = {
    "auvergne rhone alpes": ("auvergne", "rhone alpes"),
    "bourgogne franche comte": ("bourgogne", "franche comte"),
    "grand est": ("alsace", "champagne ardenne", "lorraine", "alsace champagne ardenne lorraine"),
    "hauts de france": ("nord pas de calais", "picardie", "nord pas de calais picardie"),
    "normandie": ("basse normandie", "haute normandie"),
    "nouvelle aquitaine": (
        *("aquitaine", "limousin", "poitou charentes"),
        "aquitaine limousin poitou charentes",
    ),
    "occitanie": (
        *("languedoc roussillon", "midi pyrenees"),
        "languedoc roussillon midi pyrenees",
    ),
}
