#include "adapters/slack/wire.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace podbrief::slack {
namespace {

struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

bool digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<Json> parse_json(std::string_view text) {
    std::vector<std::set<std::string>> names;  // of the objects that are open
    const auto look = [&names](int depth, Json::parse_event_t event, Json& parsed) {
        if (depth > deepest_json) throw Refused("too deep");
        if (event == Json::parse_event_t::object_start) names.emplace_back();
        if (event == Json::parse_event_t::object_end) names.pop_back();
        if (event == Json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
            throw Refused("a name twice");
        return true;
    };
    try {
        return Json::parse(text, look);
    } catch (const Refused&) {
        return std::nullopt;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

const Json* at(const Json& json, std::initializer_list<const char*> path) {
    const Json* here = &json;
    for (const char* name : path) {
        if (!here->is_object()) return nullptr;
        const auto found = here->find(name);
        if (found == here->end()) return nullptr;
        here = &*found;
    }
    return here;
}

std::string text_at(const Json& json, std::initializer_list<const char*> path) {
    const Json* found = at(json, path);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag_at(const Json& json, std::initializer_list<const char*> path) {
    const Json* found = at(json, path);
    return found != nullptr && found->is_boolean() && found->get<bool>();
}

std::optional<long long> ms_of_ts(std::string_view ts) {
    const auto dot = ts.find('.');
    const std::string_view seconds = ts.substr(0, dot);
    std::string_view rest = dot == std::string_view::npos ? std::string_view("0") : ts.substr(dot + 1);
    if (!digits(seconds) || !digits(rest) || seconds.size() > 12 || rest.size() > 9) return std::nullopt;
    long long out = 0;
    std::from_chars(seconds.data(), seconds.data() + seconds.size(), out);
    const std::string thousandths = (std::string(rest) + "00").substr(0, 3);
    long long ms = 0;
    std::from_chars(thousandths.data(), thousandths.data() + 3, ms);
    return out * 1000 + ms;
}

std::string ts_of_ms(long long ms) {
    return fmt::format("{:010}.{:06}", ms / 1000, ms % 1000 * 1000);
}

}  // namespace podbrief::slack
