#include "tests/doubles/ai/brains.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/text/sentences.hpp"
#include "core/text/words.hpp"

namespace podbrief::testing {

std::map<int, std::string> segments_shown(const Asked& asked) {
    std::map<int, std::string> shown;
    std::istringstream lines(asked.user);
    for (std::string line; std::getline(lines, line);) {
        int number = 0;
        const auto [end, error] = std::from_chars(line.data() + 1, line.data() + line.size(), number);
        if (line.empty() || line[0] != '[' || error != std::errc() || *end != ']') continue;
        std::string words = line.substr(static_cast<std::size_t>(end - line.data()) + 2);
        const std::size_t colon = words.find(": ");
        if (colon != std::string::npos && colon < 40) words.erase(0, colon + 2);
        std::string& all = shown[number];
        all += (all.empty() ? "" : " ") + words;
    }
    return shown;
}

std::size_t most_asked(const Asked& asked) {
    std::size_t most = 0;
    for (const std::string_view before : {"Give at most ", "Mend these "}) {
        if (!asked.user.starts_with(before)) continue;
        std::from_chars(asked.user.data() + before.size(), asked.user.data() + asked.user.size(), most);
    }
    return most;
}

std::string claims_as_json(const std::vector<WrittenClaim>& claims) {
    nlohmann::json list = nlohmann::json::array();
    for (const WrittenClaim& one : claims) {
        list.push_back({{"claim", one.claim}, {"quote", one.quote}, {"segment_ids", one.segments}});
    }
    const nlohmann::json answer = {{"insights", list}};
    return answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Brain honest_brain() {
    return spoilt_brain({});
}

Brain spoilt_brain(std::function<void(std::vector<WrittenClaim>& claims, const Asked& asked)> spoil) {
    return [spoil = std::move(spoil)](const Asked& asked, int) -> std::string {
        const std::size_t most = most_asked(asked);
        if (most == 0) {
            nlohmann::json best = nlohmann::json::array();
            for (int i = 59; i >= 0; --i) {
                if (asked.user.find("\n" + std::to_string(i) + ". ") != std::string::npos) best.push_back(i);
            }
            return nlohmann::json({{"best", best}}).dump();
        }
        std::vector<WrittenClaim> claims;
        for (const auto& [number, words] : segments_shown(asked)) {
            for (const text::ByteRange& sentence : text::sentences(words)) {
                const std::string said(sentence.in(words));
                if (text::words(said).size() < 22 || claims.size() >= most) continue;
                claims.push_back({said, said, {number}});
            }
        }
        if (spoil) spoil(claims, asked);
        return claims_as_json(claims);
    };
}

}  // namespace podbrief::testing
