#include "adapters/discord/rest.hpp"

#include "adapters/discord/limits.hpp"

namespace podbrief::discord {
namespace {

RestCall of_bot(std::string method, std::string path, std::string route, std::string major) {
    RestCall call;
    call.where.route = method + " " + std::move(route);
    call.where.major = std::move(major);
    call.method = std::move(method);
    call.path = std::move(path);
    return call;
}

RestCall of_interaction(std::string method, std::string path, std::string route, std::string major) {
    RestCall call = of_bot(std::move(method), std::move(path), std::move(route), std::move(major));
    call.where.counts_globally = false;
    call.with_token = false;
    return call;
}

RestCall of_answer(std::string method, const std::string& application, const std::string& token,
                   const std::string& message) {
    return of_interaction(std::move(method), "/webhooks/" + application + "/" + token + "/messages/" + message,
                          "/webhooks/:/:/messages/:", token);
}

}  // namespace

asio::awaitable<RestResult> Rest::call(RestCall call) {
    if (auto held = limits_.hold(call.where, clock_.steady_now())) {
        metrics_.count("discord_calls_total", "held", 1);
        co_return std::move(*held);
    }
    HttpRequest request;
    request.method = call.method;
    request.url = settings_.base + call.path;
    request.headers.push_back({"User-Agent", settings_.user_agent});
    if (call.with_token) request.headers.push_back({"Authorization", "Bot " + settings_.token});
    if (!call.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    request.body = std::move(call.body);
    request.deadline = call.deadline;
    request.max_body_bytes = limits::answer_bytes;
    request.max_redirects = 0;
    request.may_begin = std::move(call.may_begin);
    HttpResult result = co_await http_.send(std::move(request));
    if (!result) {
        metrics_.count("discord_calls_total", "no answer", 1);
        co_return result.error();
    }
    Answer answer = read_answer(std::move(*result), clock_.wall_now());
    limits_.learn(call.where, answer, clock_.steady_now());
    metrics_.count("discord_calls_total",
                   answer.status == 429  ? "limited"
                   : answer.status < 300 ? "done"
                                         : "refused",
                   1);
    co_return answer;
}

RestCall create_message(const std::string& channel) {
    return of_bot("POST", "/channels/" + channel + "/messages", "/channels/:/messages", channel);
}

RestCall edit_message(const std::string& channel, const std::string& message) {
    return of_bot("PATCH", "/channels/" + channel + "/messages/" + message, "/channels/:/messages/:", channel);
}

RestCall list_messages(const std::string& channel, const std::string& before, int limit) {
    const std::string query = (before.empty() ? "?limit=" : "?before=" + before + "&limit=") + std::to_string(limit);
    return of_bot("GET", "/channels/" + channel + "/messages" + query, "/channels/:/messages", channel);
}

RestCall get_channel(const std::string& channel) {
    return of_bot("GET", "/channels/" + channel, "/channels/:", channel);
}

RestCall open_direct_messages() {
    return of_bot("POST", "/users/@me/channels", "/users/@me/channels", {});
}

RestCall follow_up(const std::string& application, const std::string& token) {
    return of_interaction("POST", "/webhooks/" + application + "/" + token + "?wait=true", "/webhooks/:/:", token);
}

RestCall edit_answer(const std::string& application, const std::string& token, const std::string& message) {
    return of_answer("PATCH", application, token, message);
}

RestCall get_answer(const std::string& application, const std::string& token, const std::string& message) {
    return of_answer("GET", application, token, message);
}

RestCall delete_answer(const std::string& application, const std::string& token, const std::string& message) {
    return of_answer("DELETE", application, token, message);
}

RestCall acknowledge(const std::string& interaction, const std::string& token) {
    return of_interaction("POST", "/interactions/" + interaction + "/" + token + "/callback",
                          "/interactions/:/:/callback", token);
}

RestCall about_us(std::string method, const std::string& path) {
    return of_bot(std::move(method), path, path, {});
}

}  // namespace podbrief::discord
