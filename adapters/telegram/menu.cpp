#include "adapters/telegram/menu.hpp"

#include <algorithm>
#include <array>

#include "core/text/unicode.hpp"

namespace podbrief::telegram {
namespace {

struct Command {
    std::string_view word;
    bool in_groups;
    // In the order of `codes`.
    std::array<std::string_view, 4> descriptions;
};
constexpr std::array<std::string_view, 4> codes{"", "de", "es", "fr"};

constexpr std::array<Command, 21> commands{{
    {"brief",
     true,
     {"Today's five insights", "Die f\u00fcnf Erkenntnisse von heute", "Las cinco ideas de hoy",
      "Les cinq id\u00e9es du jour"}},
    {"more",
     true,
     {"More on a topic or number: /more chip export controls", "Mehr zu Thema oder Nummer: /more chip export controls",
      "M\u00e1s sobre un tema o n\u00famero: /more chip export controls",
      "Plus sur un sujet ou num\u00e9ro : /more chip export controls"}},
    {"against",
     true,
     {"The other side of a number: /against 3", "Die Gegenseite einer Nummer: /against 3",
      "La otra cara de un n\u00famero: /against 3", "L'autre avis sur un num\u00e9ro : /against 3"}},
    {"source",
     true,
     {"Exact words and where they were said: /source 3", "Wortlaut und Fundstelle: /source 3",
      "Palabras exactas y d\u00f3nde se dijeron: /source 3", "Mots exacts et leur source : /source 3"}},
    {"why",
     true,
     {"Why you got a number: /why 3", "Warum eine Nummer gew\u00e4hlt wurde: /why 3",
      "Por qu\u00e9 recibiste un n\u00famero: /why 3", "Pourquoi ce num\u00e9ro : /why 3"}},
    {"follow",
     true,
     {"Follow a topic, show or person", "Thema, Podcast oder Person folgen", "Seguir un tema, programa o persona",
      "Suivre un sujet, une \u00e9mission ou une personne"}},
    {"unfollow", true, {"Follow it no longer", "Nicht mehr folgen", "Dejar de seguir", "Ne plus suivre"}},
    {"mute",
     true,
     {"Hear no more of a topic or show", "Thema oder Podcast ausblenden", "Silenciar un tema o programa",
      "Masquer un sujet ou une \u00e9mission"}},
    {"weigh",
     true,
     {"How much a topic counts: /weigh chips 2", "Wie viel ein Thema z\u00e4hlt: /weigh Chips 2",
      "Cu\u00e1nto cuenta un tema: /weigh chips 2", "Le poids d'un sujet : /weigh puces 2"}},
    {"watch",
     true,
     {"Hear of a topic when it comes up: /watch chips", "Bescheid, wenn ein Thema aufkommt: /watch chips",
      "Aviso cuando surja un tema: /watch chips", "\u00catre averti d'un sujet : /watch chips"}},
    {"topics", true, {"What you follow", "Wem und was Sie folgen", "Lo que sigues", "Ce que vous suivez"}},
    {"shows", true, {"Your podcasts", "Ihre Podcasts", "Tus podcasts", "Vos podcasts"}},
    {"saved", false, {"What you saved", "Gemerktes", "Lo que guardaste", "Vos favoris"}},
    {"at",
     true,
     {"When your brief comes: /at 8:00", "Wann Ihr Brief kommt: /at 8:00", "A qu\u00e9 hora llega: /at 8:00",
      "L'heure de votre brief : /at 8:00"}},
    {"in",
     true,
     {"Your time zone: /in Europe/Berlin", "Ihre Zeitzone: /in Europe/Berlin", "Tu zona horaria: /in Europe/Madrid",
      "Votre fuseau horaire : /in Europe/Paris"}},
    {"pause", true, {"No briefs for a while", "Eine Weile keine Briefe", "Pausar", "Faire une pause"}},
    {"resume", true, {"Briefs again", "Wieder Briefe", "Reanudar", "Reprendre"}},
    {"settings", true, {"Everything you chose", "Alle Einstellungen", "Tus ajustes", "Vos r\u00e9glages"}},
    {"page",
     false,
     {"Your briefs on a web page of your own", "Ihre Briefe auf einer eigenen Webseite",
      "Tus briefs en una p\u00e1gina web propia", "Vos briefs sur une page web \u00e0 vous"}},
    {"forget_me",
     false,
     {"Delete all that is known of you", "Alles \u00fcber Sie l\u00f6schen", "Borrar todo lo que se sabe de ti",
      "Effacer tout ce qui vous concerne"}},
    {"help", true, {"What can be asked", "Was man fragen kann", "Qu\u00e9 se puede pedir", "Ce qu'on peut demander"}},
}};

constexpr std::array<std::string_view, 4> descriptions{
    "Every day the five most telling insights from new podcasts, each with its source to the second. Ask for more, or "
    "for the other side.",
    "Jeden Tag die f\u00fcnf besten Erkenntnisse aus neuen Podcasts, jede mit Quelle auf die Sekunde. Fragen Sie nach "
    "mehr oder nach der Gegenseite.",
    "Cada d\u00eda las cinco mejores ideas de los podcasts nuevos, con su fuente al segundo. Pide m\u00e1s, o la otra "
    "cara.",
    "Chaque jour les cinq meilleures id\u00e9es des nouveaux podcasts, avec leur source \u00e0 la seconde. Demandez-en "
    "plus, ou l'autre avis."};
constexpr std::array<std::string_view, 4> short_descriptions{
    "Five insights from new podcasts, every day, with sources.",
    "Jeden Tag f\u00fcnf Erkenntnisse aus neuen Podcasts, mit Quellen.",
    "Cada d\u00eda cinco ideas de podcasts nuevos, con fuentes.",
    "Chaque jour cinq id\u00e9es de nouveaux podcasts, avec sources."};

std::vector<MenuLanguage> all_languages() {
    std::vector<MenuLanguage> out;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        MenuLanguage language;
        language.code = codes.at(i);
        language.description = descriptions.at(i);
        language.short_description = short_descriptions.at(i);
        for (const Command& command : commands) {
            language.entries.push_back({command.word, command.descriptions.at(i), command.in_groups});
        }
        out.push_back(std::move(language));
    }
    return out;
}

}  // namespace

const std::vector<MenuLanguage>& menu_languages() {
    static const std::vector<MenuLanguage> languages = all_languages();
    return languages;
}

bool is_in_menu(std::string_view command) {
    const std::string word = text::to_lower(command);
    return std::any_of(commands.begin(), commands.end(), [&](const Command& one) { return one.word == word; });
}

}  // namespace podbrief::telegram
