#include "core/delivery/key.hpp"

#include <fmt/format.h>

#include "core/text/digest.hpp"

namespace podbrief::delivery {
namespace {

// RFC 4648 base32 of the first 15 bytes of a digest that is given in hex.
std::string base32(std::string_view hex) {
    static constexpr char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    std::string out;
    unsigned bits = 0;
    int held = 0;
    for (const char c : hex) {
        bits = (bits << 4 | digit(c)) & 0xFFFU;
        held += 4;
        if (held < 5) continue;
        held -= 5;
        out += letters[bits >> held & 31U];
        if (out.size() == 24) break;
    }
    return out;
}

// A separator that no platform id holds keeps the parts apart.
std::string key_of(std::string_view natural_key) {
    return base32(text::sha256_hex(natural_key));
}

}  // namespace

std::string brief_key(ReaderId reader, std::int64_t sequence, const Destination& d, int part) {
    return key_of(fmt::format("brief\n{}\n{}\n{}\n{}\n{}\n{}\n{}", reader.value, sequence, d.platform, d.workspace,
                              d.chat, d.thread, part));
}

std::string correction_key(std::string_view key_of_the_message, InsightId insight) {
    return key_of(fmt::format("correction\n{}\n{}", key_of_the_message, insight.value));
}

std::string reply_key(std::string_view platform, std::string_view tenant, std::string_view event_id, int part) {
    return key_of(fmt::format("reply\n{}\n{}\n{}\n{}", platform, tenant, event_id, part));
}

}  // namespace podbrief::delivery
