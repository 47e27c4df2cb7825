#include "tests/support/any_reply.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace podbrief::testing {
namespace {

// ---- what texts are made of ----
constexpr std::array<std::string_view, 24> words{"chips",     "export",  "controls", "the",    "a",     "of",
                                                 "inflation", "Nvidia",  "2,5 %",    "café",   "naïve", "Zürich",
                                                 "because",   "however", "10x",      "AI",     "state", "market",
                                                 "Dr. Smith", "U.S.",    "revenue",  "growth", "risk",  "you"};
constexpr std::array<std::string_view, 10> emoji_pieces{"👨‍👩‍👧‍👦",
                                                        "👩🏽‍🚀",
                                                        "🏳️‍🌈",
                                                        "🇩🇪",
                                                        "❤️‍🔥",
                                                        "🧑🏿‍🤝‍🧑🏻",
                                                        "1️⃣",
                                                        "👁️‍🗨️",
                                                        "😀",
                                                        "🫱🏻‍🫲🏿"};
constexpr std::array<std::string_view, 8> right_to_left_pieces{"שלום", "عالم",  "בוקר טוב", "مرحبا",
                                                               "ذكاء", "(אבג)", "١٢٣",      "רשת"};
constexpr std::array<std::string_view, 8> astral_pieces{"𝕳𝖊𝖑𝖑𝖔",  "𠜎𠜱",   "𝒳",   "你好",
                                                        "日本語", "한국어", "ไทย", "क्षत्रिय"};
constexpr std::array<std::string_view, 26> mention_pieces{"<!channel>",
                                                          "<!here>",
                                                          "<!everyone>",
                                                          "<@U1>",
                                                          "<@U1|ann>",
                                                          "<#C1|general>",
                                                          "<!subteam^S1>",
                                                          "@everyone",
                                                          "@here",
                                                          "<@!1234>",
                                                          "<@1234>",
                                                          "<@&1234>",
                                                          "<#1234>",
                                                          "@channel",
                                                          "@podbrief_bot",
                                                          "/more@bot",
                                                          "#channel",
                                                          "<:name:1234>",
                                                          "</more:12>",
                                                          "<t:1>",
                                                          "<!date^1^{date}|x>",
                                                          "@everyоne",
                                                          "@\u200Beveryone",
                                                          "＠everyone",
                                                          "<mailto:a@b.c|a>",
                                                          "tg://user?id=1"};
constexpr std::array<std::string_view, 26> markup_pieces{"**bold**",
                                                         "__under__",
                                                         "*",
                                                         "_",
                                                         "~~gone~~",
                                                         "`code`",
                                                         "```\nblock",
                                                         "> quoted",
                                                         ">>> all",
                                                         "# Heading",
                                                         "- item",
                                                         "||spoiler||",
                                                         "<b>b</b>",
                                                         "</i>",
                                                         "&amp;",
                                                         "&lt;!channel&gt;",
                                                         "<",
                                                         ">",
                                                         "&",
                                                         "|",
                                                         "\\",
                                                         "\\*",
                                                         "-# small",
                                                         "<a href=\"https://evil.example\">x</a>",
                                                         "&#60;@U1&#62;",
                                                         "<script>"};
constexpr std::array<std::string_view, 18> link_pieces{"https://evil.example/a",
                                                       "[bank.com](https://evil.example)",
                                                       "<https://evil.example|bank.com>",
                                                       "https://bank.com@evil.example",
                                                       "www.evil.example",
                                                       "evil.example",
                                                       "http://2130706433/",
                                                       "https://раураl.example",
                                                       "https://bank.com\u2215evil.example",
                                                       "javascript:alert(1)",
                                                       "[x](<https://evil.example>)",
                                                       "[https://bank.com](https://evil.example)",
                                                       "discord.gg/evil",
                                                       "t.me/evil",
                                                       "mailto:evil@evil.example",
                                                       "tel:+49123",
                                                       "file:///etc/passwd",
                                                       "slack://open"};
constexpr std::array<std::string_view, 14> unseen_pieces{
    "\u202E", "\u2066", "\u2069", "\u200F",    "\u200B",
    "\u2060", "\uFEFF", "\u00AD", "\x1B[31m",  "\x1B]8;;https://evil.example\x07",
    "\x07",   "\r\n",   "\t",     "\U000E0041"};
constexpr std::array<std::string_view, 5> invalid_pieces{"\xFF", "\xC3", "\xED\xA0\x80", "\xF0\x9F\x98", "\xC0\xAF"};
constexpr std::array<std::string_view, 6> marks{"\u0301", "\u0316", "\u0334", "\u0489", "\u20DD", "\u0345"};

enum class Kind {
    plain,
    emoji,
    right_to_left,
    astral,
    mentions,
    markup,
    links,
    unseen,
    zalgo,
    long_word,
    invalid,
    mixed
};
constexpr std::uint64_t kinds = 12;

template <std::size_t n>
std::string_view one_of(Random& random, const std::array<std::string_view, n>& all) {
    return all.at(random.below(n));
}

std::string zalgo(Random& random) {
    std::string out;
    for (int letter = 0; letter < 4; ++letter) {
        out += static_cast<char>('a' + random.below(26));
        for (auto left = 3 + random.below(12); left > 0; --left) out += one_of(random, marks);
    }
    return out;
}

std::string piece(Random& random, Kind kind) {
    switch (kind) {
        case Kind::plain:
            return std::string(one_of(random, words));
        case Kind::emoji:
            return std::string(one_of(random, emoji_pieces));
        case Kind::right_to_left:
            return std::string(one_of(random, right_to_left_pieces));
        case Kind::astral:
            return std::string(one_of(random, astral_pieces));
        case Kind::mentions:
            return std::string(one_of(random, mention_pieces));
        case Kind::markup:
            return std::string(one_of(random, markup_pieces));
        case Kind::links:
            return std::string(one_of(random, link_pieces));
        case Kind::unseen:
            return std::string(one_of(random, unseen_pieces)) + std::string(one_of(random, words));
        case Kind::zalgo:
            return zalgo(random);
        case Kind::long_word:
            return std::string(20 + random.below(200), static_cast<char>('a' + random.below(26)));
        case Kind::invalid:
            return std::string(one_of(random, invalid_pieces));
        case Kind::mixed:
            break;
    }
    return piece(random, static_cast<Kind>(random.below(kinds - 1)));
}

std::size_t beginning(std::string_view text, std::size_t limit) {
    std::size_t seen = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0u) != 0x80u && ++seen > limit) return at;
    }
    return text.size();
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

std::string text_of(Random& random, Kind kind, std::size_t length) {
    std::string out;
    std::size_t size = 0;
    while (size < length) {
        std::string next = piece(random, kind);
        if (random.below(4) != 0) next += random.below(40) == 0 ? "\n\n" : random.below(8) == 0 ? ". " : " ";
        size += code_points(next);
        out += next;
    }
    out.resize(beginning(out, length));
    return out;
}

// ---- cards and other blocks ----
std::string any_link(Random& random) {
    constexpr std::array<std::string_view, 14> all{"",
                                                   "https://example.com/e/1#t=754",
                                                   "https://example.com/e/1?a=1&b=2#t=1",
                                                   "http://example.org",
                                                   "https://example.com/(paren)",
                                                   "https://example.com/a|b",
                                                   "https://example.com/%3C!channel%3E",
                                                   "https://xn--80ak6aa92e.example/",
                                                   "https://user:pw@evil.example/",
                                                   "javascript:alert(1)",
                                                   "tg://user?id=1",
                                                   "https://example.com/a b",
                                                   "https://example.com/\n<!channel>",
                                                   "https://example.com/'\"*_`~"};
    if (random.below(30) == 0) return "https://example.com/" + std::string(random.below(3'000), 'x');
    return std::string(all.at(random.below(all.size())));
}

InsightCard any_card(Random& random, int number) {
    InsightCard card;
    card.number = random.below(20) == 0 ? 0 : number;
    card.insight = InsightId{static_cast<std::int64_t>(random.below(1'000'000) + 1)};
    card.text = any_text(random, 350);
    if (random.below(3) == 0) card.relation = static_cast<Relation>(random.below(3));
    card.update = random.below(8) == 0;
    card.now_disputed = random.below(8) == 0;
    card.outside_bubble = random.below(8) == 0;
    card.origin = static_cast<InsightOrigin>(random.below(6) == 0 ? 1 + random.below(2) : 0);
    card.modality = static_cast<Modality>(random.below(4));
    if (random.below(4) != 0) card.speaker = any_text(random, 60);
    if (random.below(8) != 0) card.show = any_text(random, 120);
    if (random.below(8) != 0) card.episode = any_text(random, 300);
    if (random.below(3) != 0) card.published_at = from_ms(static_cast<std::int64_t>(random.below(1'900'000'000'000)));
    card.start = Millis{static_cast<std::int64_t>(random.below(40'000'000))};
    card.time_is_approximate = random.below(2) == 0;
    card.link = any_link(random);
    card.sources = 1 + static_cast<int>(random.below(4));
    if (random.below(2) == 0) card.why = any_text(random, 200);
    if (random.below(4) == 0) card.quote = any_text(random, random.below(10) == 0 ? 3'000 : 500);
    if (random.below(2) == 0) card.topic = any_text(random, 60);
    card.marks = {random.below(4) == 0, random.below(4) == 0, random.below(4) == 0, random.below(4) == 0};
    return card;
}

Choices any_choices(Random& random) {
    Choices out;
    for (auto left = random.below(random.below(8) == 0 ? 30 : 6); left > 0; --left) {
        Choice choice;
        choice.label = any_text(random, random.below(6) == 0 ? 300 : 30);
        choice.action.kind = static_cast<Action::Kind>(random.below(12));
        choice.action.insight = InsightId{static_cast<std::int64_t>(random.below(1'000) + 1)};
        choice.action.list = static_cast<std::int64_t>(random.below(50));
        choice.action.text = any_text(random, random.below(8) == 0 ? 90 : 20);
        if (random.below(8) == 0) choice.link = any_link(random);
        choice.chosen = random.below(4) == 0;
        out.choices.push_back(std::move(choice));
    }
    return out;
}

Table any_table(Random& random) {
    Table out;
    for (auto left = random.below(random.below(10) == 0 ? 60 : 8); left > 0; --left) {
        std::string label = any_text(random, 40);
        out.rows.push_back({std::move(label), any_text(random, random.below(8) == 0 ? 2'000 : 100)});
    }
    return out;
}

std::size_t paragraph_length(Random& random) {
    if (random.below(25) == 0) return 15'000;
    return random.below(6) == 0 ? 3'000 : 300;
}

}  // namespace

std::string any_text(Random& random, std::size_t longest) {
    const auto kind = static_cast<Kind>(random.below(kinds));
    const std::size_t length = random.below(6) == 0 ? longest : random.below(longest + 1);
    return text_of(random, random.below(3) == 0 ? Kind::plain : kind, length);
}

Reply any_reply(Random& random) {
    Reply reply;
    int number = 0;
    for (auto left = random.below(random.below(10) == 0 ? 60 : 14); left > 0; --left) {
        switch (random.below(10)) {
            case 0:
                reply.blocks.emplace_back(Heading{any_text(random, random.below(8) == 0 ? 600 : 60)});
                break;
            case 1:
            case 2:
                reply.blocks.emplace_back(Paragraph{any_text(random, paragraph_length(random))});
                break;
            case 3:
                reply.blocks.emplace_back(any_table(random));
                break;
            case 4:
                reply.blocks.emplace_back(any_choices(random));
                break;
            default:
                reply.blocks.emplace_back(any_card(random, ++number));
                break;
        }
    }
    for (auto left = random.below(5); left > 0; --left) {
        constexpr std::array<std::string_view, 4> commands{"more on 1", "more on chip export controls", "saved",
                                                           "why 2"};
        const bool plain = random.below(2) == 0;
        reply.suggestions.push_back(plain ? std::string(one_of(random, commands)) : any_text(random, 60));
    }
    return reply;
}

Reply worst_reply() {
    Random random(1);
    Reply reply;
    reply.blocks.emplace_back(Heading{text_of(random, Kind::mixed, 150)});
    for (int number = 1; number <= 10; ++number) {
        InsightCard card = any_card(random, number);
        card.number = number;
        card.text = text_of(random, number == 10 ? Kind::mixed : static_cast<Kind>(number), 350);
        card.show = text_of(random, Kind::emoji, 120);
        card.episode = text_of(random, Kind::mixed, 300);
        card.speaker = text_of(random, Kind::right_to_left, 60);
        card.why = text_of(random, Kind::zalgo, 200);
        card.topic = text_of(random, Kind::markup, 60);
        card.quote = text_of(random, Kind::mentions, 350);
        card.link = "https://example.com/e/" + std::to_string(number) + "?a=1&b=2#t=754";
        reply.blocks.emplace_back(std::move(card));
    }
    reply.suggestions = {"more on 3", "saved", "more on chip export controls", "why 1"};
    return reply;
}

std::size_t replies_to_try(std::size_t usual) {
    const char* configured = std::getenv("PODBRIEF_REPLIES");
    const long long count = configured != nullptr ? std::atoll(configured) : 0;
    return count > 0 ? static_cast<std::size_t>(count) : usual;
}

std::vector<std::string> links_of(const Reply& reply) {
    std::vector<std::string> out;
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* card = std::get_if<InsightCard>(&block); card != nullptr && !card->link.empty())
            out.push_back(card->link);
        if (const auto* choices = std::get_if<Choices>(&block)) {
            for (const Choice& choice : choices->choices) {
                if (!choice.link.empty()) out.push_back(choice.link);
            }
        }
    }
    return out;
}

}  // namespace podbrief::testing
