#include "adapters/slack/inbound_parts.hpp"

#include <nlohmann/json.hpp>

#include "core/commands/inert.hpp"
#include "core/rendering/measure.hpp"
#include "core/text/ascii.hpp"
#include "core/text/digest.hpp"

namespace podbrief::slack {
namespace {

constexpr std::size_t longest_id = 80;
constexpr std::size_t longest_event_id = 200;
constexpr std::size_t longest_text = 2'000;

}  // namespace

std::string id_of(std::string text) {
    const bool plain = std::all_of(text.begin(), text.end(),
                                   [](char c) { return text::is_ascii_alnum(c) || c == '.' || c == '-' || c == '_'; });
    return plain && text.size() <= longest_id ? text : std::string();
}

std::string id_at(const Json& json, std::initializer_list<const char*> path) {
    return id_of(text_at(json, path));
}

std::string bounded_text(std::string_view text) {
    const std::string readable = commands::inert(text, true);
    return std::string(rendering::beginning_of(readable, longest_text, rendering::code_points));
}

std::string event_id(const std::string& kind, const std::string& id) {
    if (kind.size() + 1 + id.size() <= longest_event_id) return kind + ":" + id;
    return kind + ":" + text::sha256_hex(id);
}

Inbound malformed() {
    Inbound out;
    out.kind = Inbound::Kind::malformed;
    return out;
}

Incoming incoming_from(const std::string& workspace, const std::string& user, const std::string& channel,
                       const std::string& thread, WallTime at) {
    Incoming out;
    out.platform = "slack";
    out.tenant = workspace;
    out.at = at;
    out.from = {"slack", workspace, user};
    out.where = {"slack", workspace, channel, thread};
    out.direct = channel.starts_with('D');
    return out;
}

}  // namespace podbrief::slack
