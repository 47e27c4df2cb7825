#include "adapters/http/body_decoder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/adapters/http/bytes.hpp"

namespace podbrief::net {
namespace {

constexpr std::size_t roomy = 64 << 20;

struct Decoded {
    std::string text;
    std::optional<ReadProblem> problem;
    std::size_t fed = 0;
};

Decoded decode(const std::string& encoding, const std::string& bytes, std::size_t step, std::size_t limit = roomy) {
    Decoded out;
    auto chosen = choose_decoder(encoding);
    if (!chosen.decoder) {
        out.problem = chosen.problem;
        return out;
    }
    for (; out.fed < bytes.size() && !out.problem; out.fed += step) {
        out.problem = chosen.decoder->feed(std::string_view(bytes).substr(out.fed, step), out.text, limit);
    }
    if (!out.problem) out.problem = chosen.decoder->finish();
    return out;
}

struct Coding {
    const char* name;
    const char* header;
    std::string (*encode)(const std::string&);
};
const Coding codings[] = {
    {"gzip", "gzip", testing::gzip},
    {"gzip by its old name", "X-GZip", testing::gzip},
    {"zlib", "deflate", testing::zlib_stream},
    {"raw deflate", " Deflate ", testing::raw_deflate},
    {"brotli", "br", testing::brotli},
    {"none", "", [](const std::string& text) { return text; }},
    {"identity", "identity", [](const std::string& text) { return text; }},
    {"a charset by mistake", "utf-8", [](const std::string& text) { return text; }},
};

TEST(BodyDecoder, UndoesEachEncodingHoweverTheBytesCome) {
    const std::string text = testing::sample_text(100'000);
    for (const auto& coding : codings) {
        for (const std::size_t step : {1, 7, 4096, 1 << 20}) {
            const auto decoded = decode(coding.header, coding.encode(text), step);
            EXPECT_FALSE(decoded.problem) << coding.name << ": " << decoded.problem->detail;
            EXPECT_TRUE(decoded.text == text) << coding.name << " in steps of " << step;
        }
    }
}

TEST(BodyDecoder, TakesNoBytesAsAnEmptyBody) {
    for (const auto& coding : codings) {
        const auto decoded = decode(coding.header, "", 1);
        EXPECT_FALSE(decoded.problem) << coding.name;
        EXPECT_EQ(decoded.text, "");
    }
    EXPECT_EQ(decode("gzip", testing::gzip(""), 1).text, "");
}

TEST(BodyDecoder, CallsAStreamThatIsCutAnywhereCutShort) {
    const std::string text = testing::sample_text(300);
    for (const auto& coding : codings) {
        if (!choose_decoder(coding.header).encoded) continue;
        const std::string bytes = coding.encode(text);
        for (std::size_t length = 1; length < bytes.size(); ++length) {
            const auto decoded = decode(coding.header, bytes.substr(0, length), 4096);
            ASSERT_TRUE(decoded.problem) << coding.name << " cut at " << length;
            EXPECT_EQ(decoded.problem->code, HttpErrc::malformed);
        }
    }
}

TEST(BodyDecoder, NoticesDamageWhereTheFormatHasAChecksum) {
    const std::string text = testing::sample_text(20'000);
    for (const auto& [header, bytes] : {std::pair<std::string, std::string>{"gzip", testing::gzip(text)},
                                        std::pair<std::string, std::string>{"deflate", testing::zlib_stream(text)}}) {
        for (const double part : {0.3, 0.5, 0.7, 0.99}) {
            std::string damaged = bytes;
            damaged[static_cast<std::size_t>(part * static_cast<double>(bytes.size()))] ^= 0x55;
            EXPECT_TRUE(decode(header, damaged, 512).problem) << header << " at " << part;
        }
    }
    EXPECT_TRUE(decode("gzip", "this is not gzip at all", 4096).problem);
    EXPECT_TRUE(decode("br", "this is not brotli at all, but it is long enough to tell", 4096).problem);
    EXPECT_TRUE(decode("deflate", "<?xml version='1.0'?><rss/>", 4096).problem);
}

TEST(BodyDecoder, JoinsTheMembersOfAGzipStreamAndLeavesOutWhatFollows) {
    const std::string two = testing::gzip("one, ") + testing::gzip("two");
    EXPECT_EQ(decode("gzip", two, 1).text, "one, two");
    EXPECT_EQ(decode("gzip", two, 4096).text, "one, two");
    EXPECT_EQ(decode("gzip", testing::gzip("one") + std::string(20, '\0'), 4096).text, "one");
}

TEST(BodyDecoder, UndoesOneLayerOnly) {
    for (const auto* header : {"gzip, gzip", "gzip,br", "deflate, gzip", "br,identity,br", "gzip,,gzip"}) {
        const auto chosen = choose_decoder(header);
        EXPECT_FALSE(chosen.decoder) << header;
        EXPECT_EQ(chosen.problem.detail, "the answer is encoded more than once");
    }
    EXPECT_EQ(choose_decoder("zstd").problem.detail, "the answer is encoded as zstd, which was not asked for");
    // A layer that is not declared stays.
    const std::string inner = testing::gzip("text");
    EXPECT_EQ(decode("gzip", testing::gzip(inner), 4096).text, inner);
}

TEST(BodyDecoder, CutsABombAtTheLimit) {
    constexpr std::size_t limit = 16 << 20;
    const std::string bomb = testing::gzip_bomb(1024);
    EXPECT_LT(bomb.size(), 6u << 20);
    const auto decoded = decode("gzip", bomb, 4096, limit);
    ASSERT_TRUE(decoded.problem);
    EXPECT_EQ(decoded.problem->code, HttpErrc::too_large);
    EXPECT_LE(decoded.text.size(), limit);
    EXPECT_LE(decoded.fed, bomb.size() / 64 + 8192) << "no more was read than fits";
}

TEST(BodyDecoder, LetsABodyOfExactlyTheLimitThrough) {
    const std::string text = testing::sample_text(70'000);
    for (const auto& coding : codings) {
        EXPECT_FALSE(decode(coding.header, coding.encode(text), 999, text.size()).problem) << coding.name;
        const auto over = decode(coding.header, coding.encode(text), 999, text.size() - 1);
        ASSERT_TRUE(over.problem) << coding.name;
        EXPECT_EQ(over.problem->code, HttpErrc::too_large);
    }
}

RC_GTEST_PROP(BodyDecoder, SurvivesAnyBytes, (const std::string& bytes)) {
    for (const auto& coding : codings) decode(coding.header, bytes, 3, 4096);
    std::string changed = testing::gzip(testing::sample_text(200)) + bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        changed[static_cast<unsigned char>(bytes[i]) % changed.size()] ^= static_cast<char>(i + 1);
    }
    decode("gzip", changed, 5, 4096);
}

}  // namespace
}  // namespace podbrief::net
