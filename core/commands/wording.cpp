#include "core/commands/wording.hpp"

namespace podbrief::commands {

std::string attribution(const InsightCard& card) {
    if (card.speaker.empty()) return {};
    switch (card.modality) {
        case Modality::said:
            break;
        case Modality::argued:
            return "argued by " + card.speaker;
        case Modality::alleged:
            return "alleged by " + card.speaker;
        case Modality::inferred:
            return "inferred from what " + card.speaker + " says";
    }
    return card.speaker;
}

std::string moment(const InsightCard& card) {
    if (card.origin == InsightOrigin::show_notes) return {};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(card.start).count();
    const std::string time = seconds >= 3600
                                 ? fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
                                 : fmt::format("{}:{:02}", seconds / 60, seconds % 60);
    return card.time_is_approximate ? "about " + time : time;
}

std::vector<std::string> labels(const InsightCard& card) {
    std::vector<std::string> labels;
    if (card.update) labels.emplace_back("Update");
    if (card.now_disputed) labels.emplace_back("Now disputed");
    if (card.outside_bubble) labels.emplace_back("Outside your topics");
    if (card.origin == InsightOrigin::asked) labels.emplace_back("From the transcripts");
    if (card.relation) {
        switch (*card.relation) {
            case Relation::supports:
                labels.emplace_back("Supports");
                break;
            case Relation::disputes:
                labels.emplace_back("Disputes");
                break;
            case Relation::adds_context:
                labels.emplace_back("Adds context");
                break;
        }
    }
    return labels;
}

std::vector<std::string> source_parts(const InsightCard& card) {
    std::vector<std::string> parts;
    auto add = [&](std::string part) {
        if (!part.empty()) parts.push_back(std::move(part));
    };
    add(attribution(card));
    add(card.show);
    if (card.episode != card.show) add(card.episode);
    add(moment(card));
    if (card.published_at) add(short_day(*card.published_at));
    if (card.sources > 1) add(fmt::format("{} independent sources", card.sources));
    if (card.origin == InsightOrigin::show_notes) add("from the show notes, not from what was said");
    return parts;
}

std::string beginning_of_claim(std::string_view text) {
    constexpr std::size_t most = 60;  // bytes
    if (text.size() <= most) return std::string(text);
    const auto end = text.substr(0, most).rfind(' ');
    std::string words(text.substr(0, end == std::string_view::npos ? 0 : end));
    while (!words.empty() && (words.back() == ',' || words.back() == ':' || words.back() == ';')) words.pop_back();
    return words + (words.empty() ? "" : " ") + "\u2026";
}

std::string short_day(WallTime at) {
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at)};
    return fmt::format("{} {} {}", static_cast<unsigned>(day.day()), months[static_cast<unsigned>(day.month()) - 1],
                       static_cast<int>(day.year()));
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    constexpr std::array<std::string_view, 10> names = {"no",   "one", "two",   "three", "four",
                                                        "five", "six", "seven", "eight", "nine"};
    const std::string number = count < names.size() ? std::string(names[count]) : std::to_string(count);
    return fmt::format("{} {}", number, count == 1 ? one : many);
}

std::string listed(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
        text += parts[i];
    }
    return text;
}

std::string correction_line(std::string_view brief_key, std::string_view reason) {
    const std::string_view day = brief_key.substr(0, brief_key.find('#'));
    if (reason.empty()) return fmt::format("Correction: an insight in your brief of {} was withdrawn.", day);
    return fmt::format("Correction: an insight in your brief of {} was withdrawn: {}", day, reason);
}

std::string withdrawn_text(std::string_view reason) {
    if (reason.empty()) return "This insight was withdrawn.";
    return fmt::format("This insight was withdrawn: {}", reason);
}

}  // namespace podbrief::commands
