"""The help, and the glossary as a reader leafs through it."""

import re
from collections.abc import Iterable

from assistant.page.rendering.text import notice, shown
from corpus.glossary import Glossary, GlossaryEntry, LookUp

_HOW_TO = """<div class="ctg-how-to">
<section><h3>Comment demander</h3>
<ul>
<li>Écrivez comme vous parlez : « qui pilote le guichet unique ? », « combien de fiches sur la parentalité ? ».</li>
<li>Nommez le territoire, une commune ou la fiche si vous les connaissez.</li>
<li>Enchaînez : « et les autres ? », « et son budget ? » se comprennent d'après ce qui précède. La question comprise est
affichée, et vous pouvez la corriger.</li>
<li>Chaque numéro ouvre le passage, surligné dans son document, et de là le précédent et le suivant.</li>
<li>Un territoire, un thème ou un document choisi sous la question écarte tous les autres ; la réponse le rappelle.</li>
</ul></section>
<section><h3>Ce que disent les étiquettes</h3>
<ul>
<li><strong>Norme</strong> : un texte le dit, cela vaut partout. <strong>Pratique</strong> : un territoire le fait, cela
n'engage que lui. <strong>Donnée</strong> : relevé du catalogue ou des notes du projet.</li>
<li><strong>Divergence</strong> : deux documents, ou deux endroits d'un document, ne disent pas la même chose.</li>
<li><strong>Projet non signé</strong> : le document n'engage encore personne.</li>
<li><strong>Extrait peu probant</strong> : peu de passages l'appuient ; leur nombre est dit.</li>
</ul></section>
<section><h3>Rédiger une fiche</h3>
<ul>
<li>Dites le sujet, votre territoire, et ce que vous savez : « RPE existant », « pilote : la directrice du RPE ».</li>
<li><strong>Repris</strong>, <strong>adapté</strong> : la ligne vient d'une fiche, que son numéro ouvre.
<strong>Fourni par vous</strong> : votre demande le dit. <strong>À compléter</strong> : vous seul·e le savez.</li>
<li><strong>Compléter</strong> garde les lignes et en propose d'autres ; <strong>Remplacer</strong> en propose à
leur place. Une ligne retirée ne revient pas.</li>
<li>Le brouillon reste dans ce navigateur jusqu'à ce que vous l'effaciez.</li>
</ul></section>
<section><h3>Limites</h3>
<ul>
<li>L'assistant ne connaît que les documents du corpus. Quand ils ne répondent pas, il le dit.</li>
<li>Les documents ont été lus par une machine : un mot peut être mal reconnu. Le passage d'origine fait foi.</li>
<li>Les obligations sont des notes vérifiées à la date indiquée ; faites-les confirmer par votre Caf.</li>
<li>La conversation, le brouillon et votre territoire restent dans ce navigateur. Effacez-les sur un poste partagé.</li>
</ul></section>
<section><h3>Au clavier</h3>
<ul>
<li><kbd>/</kbd> : aller à la question. <kbd>Entrée</kbd> : envoyer. <kbd>Maj</kbd> + <kbd>Entrée</kbd> : aller à la
ligne.</li>
<li><kbd>Tab</kbd> : d'un numéro à l'autre. <kbd>Échap</kbd> : fermer la source et revenir au numéro.</li>
<li><kbd>?</kbd> : ouvrir cette aide. Flèches : d'un onglet à l'autre.</li>
</ul></section></div>"""
HOW_TO = re.sub(r" (?=[:;?»!])", "\u00a0", _HOW_TO.replace("« ", "«\u00a0"))
"""The page on how to ask; no line begins with a French punctuation mark."""


def render_glossary(glossary: Glossary) -> str:
    """Every entry, in alphabetical order."""
    entries = sorted(glossary.entries, key=lambda entry: entry.term.casefold())
    return f'<details class="ctg-fiche"><summary>Les {len(entries)} entrées</summary>{_entries(entries)}</details>'


def render_look_up(found: LookUp) -> str:
    """What a word means, or the words that are written nearly so."""
    if found.matches:
        return _entries([match.entry for match in found.matches], opened=True)
    if found.suggestions:
        return notice(f"« {found.word} » n'y est pas. Voulez-vous dire : {', '.join(found.suggestions)} ?")
    return notice(f"« {found.word} » n'est pas dans le glossaire.")


def _entries(entries: Iterable[GlossaryEntry], *, opened: bool = False) -> str:
    return "".join(_entry(entry, opened) for entry in entries)


def _entry(entry: GlossaryEntry, opened: bool) -> str:
    full = f' <span class="ctg-muted">{shown(entry.full)}</span>' if entry.full and entry.full != entry.term else ""
    former = ", ".join(f"{old.name} (jusqu'en {old.until})" if old.until else old.name for old in entry.former)
    also = ", ".join((*entry.variants, *entry.everyday))
    more = f"<p class='ctg-muted'>Ancien nom : {shown(former)}.</p>" if former else ""
    more += f"<p class='ctg-muted'>On dit aussi : {shown(also)}.</p>" if also else ""
    attribute = " open" if opened else ""
    return (
        f'<details class="ctg-fiche"{attribute}><summary>{shown(entry.term)}{full}</summary>'
        f"<p>{shown(entry.definition)}</p>{more}</details>"
    )
