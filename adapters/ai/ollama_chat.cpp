#include "adapters/ai/ollama_chat.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/ai/exchange.hpp"
#include "adapters/ai/failures.hpp"
#include "adapters/ai/openai_chat.hpp"

namespace podbrief::ai {
namespace {

using nlohmann::json;

constexpr std::int64_t context_step = 2048;  // another size makes Ollama load the model anew
constexpr std::int64_t reserve = 256;        // for the marks of the chat's template

std::string body_of(const ChatRequest& request, const std::string& model, const std::string& system,
                    std::int64_t context) {
    json body;
    body["model"] = model;
    body["stream"] = false;
    body["messages"] = json::array();
    body["messages"].push_back({{"role", "system"}, {"content", system}});
    body["messages"].push_back({{"role", "user"}, {"content", request.user}});
    if (!request.schema.empty()) body["format"] = json::parse(request.schema);
    body["options"] = {{"num_ctx", context}, {"num_predict", request.max_output_tokens}};
    return to_text(body);
}

// https://docs.ollama.com/api/chat; relied upon: message.content, done, done_reason, prompt_eval_count, eval_count,
// error. One object, or lines of them where a proxy streams all the same.
ChatResult read(const std::string& body, const std::string& key) {
    ChatAnswer out;
    bool done = false;
    for (std::size_t begin = 0; begin < body.size();) {
        const std::size_t end = std::min(body.find('\n', begin), body.size());
        const std::string_view line = std::string_view(body).substr(begin, end - begin);
        begin = end + 1;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const json part = json::parse(line, nullptr, false);
        if (!part.is_object()) return bad_answer("the answer is not JSON");
        if (const json* error = find(part, "error"); error != nullptr && !error->is_null())
            return bad_answer("it broke off: " + told(text_at(part, "error"), key));
        if (const json* message = find(part, "message")) out.text += text_at(*message, "content");
        const json* is_done = find(part, "done");
        if (is_done == nullptr || !is_done->is_boolean() || !is_done->get<bool>()) continue;
        done = true;
        out.cut_short = text_at(part, "done_reason") == "length";
        out.usage = {count_at(part, "prompt_eval_count"), count_at(part, "eval_count")};
        out.usage_told = out.usage.input > 0;
    }
    if (!done) return bad_answer("the answer breaks off");
    if (!out.text.empty()) return out;
    ChatFailure failure = bad_answer("an empty answer");
    failure.usage = out.usage;
    return failure;
}

}  // namespace

asio::awaitable<ChatResult> OllamaChat::chat(ChatRequest request) {
    std::string system = request.system;
    if (!request.schema.empty()) system = with_schema(request);
    const std::int64_t needed = tokens_at_most(system) + tokens_at_most(request.user) + reserve;
    const std::int64_t wanted = needed + request.max_output_tokens;
    const std::int64_t context = std::min(most_context_, (wanted + context_step - 1) / context_step * context_step);
    ChatFailure too_long;
    too_long.kind = ChatFailure::Kind::context_too_long;
    too_long.context_tokens = context - request.max_output_tokens;
    if (wanted > most_context_) {
        too_long.request_tokens = needed;
        too_long.detail = "the request is larger than the context that Ollama is asked for";
        co_return too_long;
    }
    Post what;
    what.path = "/api/chat";
    if (!endpoint_.key.empty()) what.headers.push_back({"Authorization", "Bearer " + endpoint_.key});
    what.body = body_of(request, endpoint_.model, system, context);
    what.deadline = request.deadline;
    Posted posted = co_await post(http_, clock_, endpoint_, std::move(what));
    if (!posted) co_return posted.error();
    ChatResult answer = read(*posted, endpoint_.key);
    if (answer && answer->usage.input >= context) {
        too_long.request_tokens = answer->usage.input + 1;
        too_long.usage = answer->usage;
        too_long.detail = "Ollama cut the request";
        co_return too_long;
    }
    co_return answer;
}

}  // namespace podbrief::ai
