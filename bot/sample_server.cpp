#include "bot/sample_server.hpp"

#include <charconv>
#include <fstream>
#include <sstream>

#include "adapters/http/server.hpp"
#include "core/feeds/times.hpp"

namespace podbrief::bot {
namespace {

namespace fs = std::filesystem;

std::string content_type(const fs::path& file) {
    static const std::map<std::string, std::string> types = {
        {".xml", "application/rss+xml"}, {".vtt", "text/vtt"},   {".srt", "application/x-subrip"},
        {".json", "application/json"},   {".html", "text/html"}, {".txt", "text/plain"},
        {".md", "text/markdown"}};
    const auto type = types.find(file.extension().string());
    return type == types.end() ? "application/octet-stream" : type->second;
}

std::optional<std::string> read_whole(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

// "{{days_ago 1.5}}" -> 1.5
std::optional<double> number_after(std::string_view placeholder, std::string_view name) {
    if (!placeholder.starts_with(name)) return std::nullopt;
    placeholder.remove_prefix(name.size());
    double value = 0;
    const auto [end, error] = std::from_chars(placeholder.data(), placeholder.data() + placeholder.size(), value);
    if (error != std::errc() || end != placeholder.data() + placeholder.size()) return std::nullopt;
    return value;
}

std::string iso8601(WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

asio::awaitable<ServerResponse> serve_file(fs::path folder, std::string base, WallTime now, ServerRequest request) {
    const fs::path relative = fs::path(std::string(request.path()).substr(1)).lexically_normal();
    if (relative.empty() || *relative.begin() == "..") co_return text_response(404, "not found\n");
    auto bytes = read_whole(folder / relative);
    if (!bytes) co_return text_response(404, "not found\n");
    if (relative.extension() == ".xml") *bytes = fill_in(*bytes, base, now);
    co_return text_response(200, std::move(*bytes), content_type(relative));
}

}  // namespace

std::string fill_in(std::string_view text, std::string_view base, WallTime now) {
    std::string out;
    for (;;) {
        const auto open = text.find("{{");
        const auto close = open == std::string_view::npos ? open : text.find("}}", open);
        if (close == std::string_view::npos) return out.append(text);
        out.append(text.substr(0, open));
        const std::string_view placeholder = text.substr(open + 2, close - open - 2);
        const auto before = [&](double days) { return now - Millis{static_cast<std::int64_t>(days * 86'400'000.0)}; };
        if (placeholder == "base") {
            out.append(base);
        } else if (const auto iso_days = number_after(placeholder, "days_ago_iso ")) {
            out += iso8601(before(*iso_days));
        } else if (const auto days = number_after(placeholder, "days_ago ")) {
            out += feeds::rfc822(before(*days));
        } else {
            out.append(text.substr(open, close + 2 - open));
        }
        text.remove_prefix(close + 2);
    }
}

SampleServer::SampleServer(App& app, fs::path folder) : folder_(std::move(folder)) {
    auto handler = [this, &app](ServerRequest request) {
        return serve_file(folder_, base_url(), app.clock().wall_now(), std::move(request));
    };
    server_ = std::make_unique<net::Server>(app.executor(), app.clock(), net::ServerOptions{}, std::move(handler));
}

SampleServer::~SampleServer() = default;

std::string SampleServer::base_url() const {
    return fmt::format("http://127.0.0.1:{}", server_->port());
}

std::vector<std::string> SampleServer::feed_urls() const {
    std::vector<std::string> urls;
    for (const auto& entry : fs::directory_iterator(folder_ / "feeds")) {
        if (entry.path().extension() == ".xml")
            urls.push_back(base_url() + "/feeds/" + entry.path().filename().string());
    }
    std::sort(urls.begin(), urls.end());
    return urls;
}

asio::awaitable<void> SampleServer::run() {
    return server_->run();
}

}  // namespace podbrief::bot
