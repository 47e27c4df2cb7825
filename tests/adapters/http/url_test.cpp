#include "adapters/http/url.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace podbrief::net {
namespace {

TEST(Url, IsReadAsItWillBeAskedFor) {
    const struct {
        const char* text;
        const char* canonical;
        std::uint16_t port;
    } cases[] = {
        {"http://example.com", "http://example.com/", 80},
        {"HTTPS://Example.COM/A/b", "https://example.com/A/b", 443},
        {"http://example.com:80/", "http://example.com/", 80},
        {"http://example.com:/", "http://example.com/", 80},
        {"https://example.com:8443/x?y=z", "https://example.com:8443/x?y=z", 8443},
        {"http://example.com?q", "http://example.com/?q", 80},
        {"http://example.com#part", "http://example.com/", 80},
        {"http://example.com/a#part#more", "http://example.com/a", 80},
        {"http://example.com./a", "http://example.com/a", 80},
        {"http://example.com/a b", "http://example.com/a%20b", 80},
        {"http://example.com/f\xC3\xBCnf?x=[1]|{2}", "http://example.com/f%C3%BCnf?x=%5B1%5D%7C%7B2%7D", 80},
        {"http://example.com/100%", "http://example.com/100%25", 80},
        {"http://example.com/%zz%41%00", "http://example.com/%25zz%41%00", 80},
        {"http://example.com/a\\b", "http://example.com/a%5Cb", 80},
        {"http://example.com/@user", "http://example.com/@user", 80},
        {"http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/", 80},
        {"http://under_score.example/", "http://under_score.example/", 80},
        {"http://93.184.216.34/", "http://93.184.216.34/", 80},
        {"http://93.184.216.34./", "http://93.184.216.34/", 80},
        {"http://[2606:4700:0:0::1]:81/", "http://[2606:4700::1]:81/", 81},
        {"http://[2606:4700::1]/", "http://[2606:4700::1]/", 80},
        {"http://1.2.3.4.example/", "http://1.2.3.4.example/", 80},
        {"http://0x7f.example/", "http://0x7f.example/", 80},
    };
    for (const auto& c : cases) {
        const auto url = parse_url(c.text);
        ASSERT_TRUE(url) << c.text << ": " << url.error().detail;
        EXPECT_EQ(url->text(), c.canonical);
        EXPECT_EQ(url->port, c.port) << c.text;
        EXPECT_EQ(*parse_url(url->text()), *url) << c.text;
    }
    EXPECT_TRUE(parse_url("http://93.184.216.34/")->literal);
    EXPECT_FALSE(parse_url("http://example.com/")->literal);
}

TEST(Url, IsRefusedWhenTwoReadersCouldTakeItForDifferentHosts) {
    const struct {
        std::string text;
        HttpErrc code;
    } cases[] = {
        {"", HttpErrc::bad_url},
        {"example.com/feed", HttpErrc::bad_url},
        {"//example.com/feed", HttpErrc::bad_url},
        {"ftp://example.com/", HttpErrc::bad_url},
        {"file:///etc/passwd", HttpErrc::bad_url},
        {"gopher://example.com/", HttpErrc::bad_url},
        {"javascript:alert(1)", HttpErrc::bad_url},
        {"http:example.com", HttpErrc::bad_url},
        {"http:/example.com", HttpErrc::bad_url},
        {"http:///feed", HttpErrc::bad_url},
        {"http://", HttpErrc::bad_url},
        {"http://:80/", HttpErrc::bad_url},
        {" http://example.com/", HttpErrc::bad_url},
        {"http://user@example.com/", HttpErrc::bad_url},
        {"http://user:secret@example.com/", HttpErrc::bad_url},
        {"http://good.example@10.0.0.1/", HttpErrc::bad_url},
        {"http://good.example\\@10.0.0.1/", HttpErrc::bad_url},
        {"http://good.example\\.evil.example/", HttpErrc::bad_url},
        {"http://good.example%00.evil.example/", HttpErrc::bad_url},
        {"http://good%2eexample/", HttpErrc::bad_url},
        {"http://exa mple.com/", HttpErrc::bad_url},
        {"http://example.com:0/", HttpErrc::bad_url},
        {"http://example.com:65536/", HttpErrc::bad_url},
        {"http://example.com:99999999999/", HttpErrc::bad_url},
        {"http://example.com:80:90/", HttpErrc::bad_url},
        {"http://example.com:http/", HttpErrc::bad_url},
        {"http://b\xC3\xBC"
         "cher.example/",
         HttpErrc::bad_url},
        {"http://\xEF\xBC\x91\xEF\xBC\x90.0.0.1/", HttpErrc::bad_url},  // full-width 10
        {"http://[::1/", HttpErrc::bad_url},
        {"http://::1/", HttpErrc::bad_url},
        {"http://[fe80::1%25eth0]/", HttpErrc::bad_url},
        {"http://[v1.x]/", HttpErrc::bad_url},
        {"http://example..com/", HttpErrc::bad_url},
        {"http://.example.com/", HttpErrc::bad_url},
        {"http://exam'ple.com/", HttpErrc::bad_url},
        {"http://" + std::string(64, 'a') + ".com/", HttpErrc::bad_url},
        {"http://example.com/a\r\nX: y", HttpErrc::bad_url},
        {"http://example.com/a\nb", HttpErrc::bad_url},
        {"http://example.com/a\tb", HttpErrc::bad_url},
        {std::string("http://example.com/a\0b", 21), HttpErrc::bad_url},
        {"http://example.com/\x7F", HttpErrc::bad_url},
        {"http://example.com/" + std::string(9000, 'x'), HttpErrc::bad_url},
        {"http://2130706433/", HttpErrc::blocked},
        {"http://0x7f000001/", HttpErrc::blocked},
        {"http://0X7F.1/", HttpErrc::blocked},
        {"http://0177.0.0.1/", HttpErrc::blocked},
        {"http://127.1/", HttpErrc::blocked},
        {"http://127.1./", HttpErrc::blocked},
        {"http://127.0.0.01/", HttpErrc::blocked},
        {"http://256.0.0.1/", HttpErrc::blocked},
        {"http://1.2.3.4.5/", HttpErrc::blocked},
        {"http://a.b.0x1/", HttpErrc::blocked},
        {"http://a.0x/", HttpErrc::blocked},
    };
    for (const auto& c : cases) {
        const auto url = parse_url(c.text);
        ASSERT_FALSE(url) << c.text << " read as " << url->text();
        EXPECT_EQ(url.error().code, c.code) << c.text;
        EXPECT_FALSE(url.error().detail.empty());
        EXPECT_EQ(url.error().detail.find("secret"), std::string::npos);
    }
}

TEST(Url, ARedirectIsJoinedWithTheAddressItCameFrom) {
    const Url base = *parse_url("https://example.com:444/a/b/c?q=1");
    const struct {
        const char* location;
        const char* target;
    } cases[] = {
        {"https://other.example/x", "https://other.example/x"},
        {"//other.example/x", "https://other.example/x"},
        {"/x", "https://example.com:444/x"},
        {"x", "https://example.com:444/a/b/x"},
        {"../x", "https://example.com:444/a/x"},
        {"../../../../x", "https://example.com:444/x"},
        {"?q=2", "https://example.com:444/a/b/c?q=2"},
        {"x y?z=\xC3\xA9", "https://example.com:444/a/b/x%20y?z=%C3%A9"},
        {"./x#frag", "https://example.com:444/a/b/x"},
        {"/\\evil.example", "https://example.com:444/%5Cevil.example"},
        {"x:y", nullptr},
    };
    for (const auto& c : cases) {
        const auto next = resolve_redirect(base, c.location);
        if (c.target == nullptr) {
            EXPECT_FALSE(next) << c.location;
        } else {
            ASSERT_TRUE(next) << c.location << ": " << next.error().detail;
            EXPECT_EQ(next->text(), c.target);
        }
    }
}

TEST(Url, ARedirectToAnotherSchemeOrDownToHttpIsBlocked) {
    const Url base = *parse_url("https://example.com/");
    for (const auto* location : {"http://example.com/", "http://other.example/", "file:///etc/passwd",
                                 "gopher://10.0.0.1/", "javascript:alert(1)", "data:,x", "ftp://example.com/"}) {
        const auto next = resolve_redirect(base, location);
        ASSERT_FALSE(next) << location;
        EXPECT_EQ(next.error().code, HttpErrc::blocked) << location;
    }
    const auto split = resolve_redirect(base, "/a\r\nSet-Cookie: x");
    ASSERT_FALSE(split);
    EXPECT_EQ(split.error().code, HttpErrc::malformed);
    EXPECT_TRUE(resolve_redirect(*parse_url("http://example.com/"), "https://example.com/"));
}

TEST(Url, IsShownWithoutWhatMayBeSecret) {
    EXPECT_EQ(without_secrets("https://me:pw@example.com/feed?token=1#x"), "https://example.com/feed");
    EXPECT_EQ(without_secrets("https://example.com/feed"), "https://example.com/feed");
    EXPECT_EQ(without_secrets("https://example.com?token=1"), "https://example.com");
    EXPECT_EQ(without_secrets("https://a@b@example.com/x@y"), "https://example.com/x@y");
    EXPECT_EQ(without_secrets("user:pw@host/x"), "host/x");
    EXPECT_EQ(without_secrets("http://a\n\x1B[31mb/"), "http://a??[31mb/");
    EXPECT_EQ(without_secrets(""), "");
}

RC_GTEST_PROP(Url, AnyTextIsReadOrRefusedAndReadsTheSameAgain, (const std::string& tail)) {
    for (const auto& text : {tail, "http://" + tail, "http://example.com/" + tail, "https://example.com?" + tail}) {
        const auto url = parse_url(text);
        if (url) {
            const auto again = parse_url(url->text());
            RC_ASSERT(again.has_value());
            RC_ASSERT(*again == *url);
            RC_ASSERT(url->text().find_first_of("\r\n\t ") == std::string::npos);
        }
        const auto next = resolve_redirect(*parse_url("http://example.com/a/b"), text);
        if (next) RC_ASSERT(parse_url(next->text()).has_value());
        without_secrets(text);
    }
}

RC_GTEST_PROP(Url, RelativePathsOfDotsAndSlashesStayOnTheHost, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>(".", "..", "/", "//", "a", "%2e", "?", ":", "\\"));
    std::string location;
    for (const auto& piece : pieces) location += piece;
    RC_PRE(!location.starts_with("//"));
    RC_PRE(!location.starts_with("a:"));
    const auto next = resolve_redirect(*parse_url("http://example.com/a/b"), location);
    if (next) RC_ASSERT(next->host == "example.com");
}

TEST(Url, OfAWebSocketIsReadLikeTheHttpItBeginsWith) {
    EXPECT_EQ(parse_web_socket_url("ws://Example.com/a?b").value().text(), "http://example.com/a?b");
    EXPECT_EQ(parse_web_socket_url("WSS://example.com").value().text(), "https://example.com/");
    EXPECT_EQ(parse_web_socket_url("wss://example.com:8443/").value().port, 8443);
    for (const auto* text : {"", "ws", "ws:", "ws:/example.com", "http://example.com/", "wsx://example.com/", "//a/",
                             "ws://", "ws://a b/", "wss://u@example.com/"}) {
        EXPECT_FALSE(parse_web_socket_url(text)) << text;
    }
    EXPECT_FALSE(parse_web_socket_url("wss://example.com/" + std::string(9'000, 'a')));
}

}  // namespace
}  // namespace podbrief::net
