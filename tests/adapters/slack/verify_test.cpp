#include "adapters/slack/verify.hpp"

#include <gtest/gtest.h>

#include "core/crypto/signatures.hpp"
#include "core/ports/random.hpp"

namespace podbrief::slack {
namespace {

using namespace std::chrono_literals;

const std::string secret = "5f3d0c1e9b7a48d2a6c4e0f1b2d39587";
const std::string timestamp = "1767225600";
const WallTime signed_at = from_ms(1'767'225'600'000);

struct Vector {
    const char* body;
    const char* signature;
};
const Vector vectors[] = {
    {"token=unused&team_id=T0EXAMPLE1&team_domain=example&channel_id=D0EXAMPLE1&channel_name=directmessage&user_id="
     "U0EXAMPLE1&user_name=ada&command=%2Fbrief&text=more+on+chip+export+controls&api_app_id=A0EXAMPLE1&is_enterprise_"
     "install=false&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT0EXAMPLE1%2F1%2Fabc&trigger_id=1.2.abc",
     "v0=f12f49abe6ea4b71af4f3c9c23b328c25fdeaf9e6111cad71ee494dfecc87cac"},
    {R"({"token":"unused","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"})",
     "v0=f25a71679264e5ee8758a37ee0d7ef86f59c042467ac89bba9f02e0524819008"},
    {"{\"text\":\"café — 你好\"}", "v0=1d74a2021984dbb1a00fc77555a89e7c86533c27ee39f4f9340d6340d722c356"},
};

std::vector<HttpHeader> headers(std::string signature, std::string at = timestamp) {
    return {{"Content-Type", "application/json"},
            {"x-slack-request-timestamp", std::move(at)},
            {"X-SLACK-SIGNATURE", std::move(signature)}};
}

TEST(SlackVerify, KnownRequestsOfSlackAreAccepted) {
    for (const auto& v : vectors) {
        EXPECT_EQ(signature_of(secret, timestamp, v.body), v.signature);
        EXPECT_EQ(verify(headers(v.signature), v.body, {secret}, signed_at + 1s), Verdict::good);
        EXPECT_EQ(verify(headers(v.signature), v.body, {secret}, signed_at + 301s), Verdict::stale);
    }
    EXPECT_EQ(
        signature_of("8f742231b10e8888abcd99yyyzzz85a5", "1531420618",
                     "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                     "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&"
                     "response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIG"
                     "lgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
            .substr(0, 11),
        "v0=a2114d57");
}

// RELIABILITY (c) H 85: each bit flipped, truncated, empty, another's key, wrong case, two headers.
TEST(SlackVerify, NoForgedRequestIsAccepted) {
    const std::string body = vectors[0].body;
    const std::string good = vectors[0].signature;
    for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
        std::string other = body;
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_EQ(verify(headers(good), other, {secret}, signed_at), Verdict::forged);
    }
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        std::string other = good;
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_NE(verify(headers(other), body, {secret}, signed_at), Verdict::good);
    }
    for (std::size_t length = 0; length < good.size(); ++length)
        EXPECT_EQ(verify(headers(good.substr(0, length)), body, {secret}, signed_at), Verdict::unsigned_request);
    for (std::size_t length = 0; length < body.size(); ++length)
        EXPECT_EQ(verify(headers(good), body.substr(0, length), {secret}, signed_at), Verdict::forged);
    EXPECT_EQ(verify(headers(good), "", {secret}, signed_at), Verdict::forged);
    EXPECT_EQ(verify(headers(good), body, {"another secret"}, signed_at), Verdict::forged);
    EXPECT_EQ(verify(headers(good), body, {}, signed_at), Verdict::forged);
    EXPECT_EQ(verify(headers(signature_of("", timestamp, body)), body, {""}, signed_at), Verdict::forged);
    EXPECT_EQ(verify(headers("V0" + good.substr(2)), body, {secret}, signed_at), Verdict::unsigned_request);
    std::string upper = good;
    for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'f' ? c - 32 : c);
    EXPECT_EQ(verify(headers(upper), body, {secret}, signed_at), Verdict::unsigned_request);
    auto twice = headers(good);
    twice.push_back({"X-Slack-Signature", good});
    EXPECT_EQ(verify(twice, body, {secret}, signed_at), Verdict::unsigned_request);
    auto two_times = headers(good);
    two_times.push_back({"X-Slack-Request-Timestamp", timestamp});
    EXPECT_EQ(verify(two_times, body, {secret}, signed_at), Verdict::unsigned_request);
    EXPECT_EQ(verify({}, body, {secret}, signed_at), Verdict::unsigned_request);
}

// RELIABILITY (c) H 85: a part of the million; PODBRIEF_FORGERIES for all of it.
TEST(SlackVerify, OfManyRandomForgeriesNoneIsAccepted) {
    const char* configured = std::getenv("PODBRIEF_FORGERIES");
    const long count = configured != nullptr ? std::atol(configured) : 20'000;
    Random random(2026);
    long accepted = 0;
    for (long i = 0; i < count; ++i) {
        std::string body = vectors[i % 3].body;
        std::string signature = vectors[i % 3].signature;
        std::string at = timestamp;
        std::string& victim = i % 5 == 0 ? signature : i % 7 == 0 ? at : body;
        const auto place = random.below(victim.size());
        victim[place] = static_cast<char>(victim[place] ^ static_cast<char>(1 + random.below(255)));
        if (verify(headers(signature, at), body, {secret, "an older one"}, signed_at) == Verdict::good) ++accepted;
    }
    EXPECT_EQ(accepted, 0);
}

// RELIABILITY (c) H 87.
TEST(SlackVerify, ATimestampThatIsOldOrNoNumberIsRefused) {
    const std::string body = "x";
    const struct {
        const char* at;
        Verdict expected;
    } cases[] = {
        {"1767225600", Verdict::good},
        {"1767225300", Verdict::good},
        {"1767225900", Verdict::good},
        {"1767225299", Verdict::stale},
        {"1767225901", Verdict::stale},
        {"0", Verdict::stale},
        {"", Verdict::unsigned_request},
        {"now", Verdict::unsigned_request},
        {"+1767225600", Verdict::unsigned_request},
        {"-1767225600", Verdict::unsigned_request},
        {" 1767225600", Verdict::unsigned_request},
        {"1767225600.5", Verdict::unsigned_request},
        {"0x69558800", Verdict::unsigned_request},
        {"18446744073709551616", Verdict::unsigned_request},
        {"99999999999", Verdict::stale},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(verify(headers(signature_of(secret, c.at, body), c.at), body, {secret}, signed_at + 999ms),
                  c.expected)
            << c.at;
    }
}

// RELIABILITY (c) H 97.
TEST(SlackVerify, WhileTheSecretIsChangedBothOpenAndThenOnlyTheNewOne) {
    const std::string body = "x";
    const auto by_old = headers(signature_of("old", timestamp, body));
    const auto by_new = headers(signature_of("new", timestamp, body));
    for (const auto& request : {by_old, by_new})
        EXPECT_EQ(verify(request, body, {"new", "old"}, signed_at), Verdict::good);
    EXPECT_EQ(verify(by_old, body, {"new"}, signed_at), Verdict::forged);
    EXPECT_EQ(verify(by_new, body, {"new"}, signed_at), Verdict::good);
}

}  // namespace
}  // namespace podbrief::slack
