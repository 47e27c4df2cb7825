// The keys of the models that are asked: [model], [transcription] and [embeddings].
#include <algorithm>

#include "bot/model_settings.hpp"
#include "bot/setting_kinds.hpp"

namespace podbrief::bot {
namespace {

void add_model(std::vector<Setting>& to) {
    using Provider = Settings::Model::Provider;
    using Field = Settings::Model::TokensField;
    to.push_back(one_of<Provider>("model.provider",
                                  {{"none", Provider::none},
                                   {"openai", Provider::openai},
                                   {"anthropic", Provider::anthropic},
                                   {"ollama", Provider::ollama}},
                                  [](Settings& s, Provider v) { s.model.provider = v; }));
    to.push_back(base_url("model.url", true, [](Settings& s) -> auto& { return s.model.url; }));
    to.push_back(text("model.name", "the model's name as its server knows it, at most 200 characters without spaces",
                      [](Settings& s, const std::string& v) -> Wrong {
                          if (v.size() > 200 || !is_token(v)) return "is not that";
                          s.model.name = v;
                          return fine;
                      }));
    add_secret(to, "model.key", [](Settings& s) -> auto& { return s.model.key; });
    to.push_back(whole_number("model.deadline_s", 5, 600, "seconds",
                              [](Settings& s, std::int64_t v) { s.model.deadline = std::chrono::seconds(v); }));
    to.push_back(whole_number("model.episode_deadline_s", 10, 3600, "seconds",
                              [](Settings& s, std::int64_t v) { s.model.episode_deadline = std::chrono::seconds(v); }));
    to.push_back(whole_number("model.window_tokens", 500, 200'000, "tokens",
                              [](Settings& s, std::int64_t v) { s.model.window_tokens = v; }));
    to.push_back(whole_number("model.episode_windows", 1, 1'000, "windows", [](Settings& s, std::int64_t v) {
        s.model.episode_windows = static_cast<std::size_t>(v);
    }));
    to.push_back(whole_number("model.max_output_tokens", 200, 100'000, "tokens",
                              [](Settings& s, std::int64_t v) { s.model.max_output_tokens = v; }));
    to.push_back(whole_number("model.context_tokens", 2'048, 1'048'576, "tokens",
                              [](Settings& s, std::int64_t v) { s.model.context_tokens = v; }));
    to.push_back(one_of<Field>("model.tokens_field",
                               {{"auto", Field::automatic},
                                {"max_completion_tokens", Field::max_completion_tokens},
                                {"max_tokens", Field::max_tokens}},
                               [](Settings& s, Field v) { s.model.tokens_field = v; }));
    to.push_back(decimal("model.price_input", 10'000, "money for a million tokens",
                         [](Settings& s, double v) { s.model.price_input = v; }));
    to.push_back(decimal("model.price_output", 10'000, "money for a million tokens",
                         [](Settings& s, double v) { s.model.price_output = v; }));
    to.push_back(decimal("model.daily_ceiling", 1'000'000, "money a day",
                         [](Settings& s, double v) { s.model.daily_ceiling = v; }));
    to.push_back(whole_number("model.daily_tokens", 0, 10'000'000'000, "tokens a day",
                              [](Settings& s, std::int64_t v) { s.model.daily_tokens = v; }));
    to.push_back(text("model.prompts", "the path of a folder with extract.txt, repair.txt and choose.txt",
                      [](Settings& s, const std::string& v) -> Wrong {
                          if (v.empty()) return fine;
                          return read_prompts(v, s.model.prompts);
                      }));
}

void add_transcription(std::vector<Setting>& to) {
    using Provider = Settings::Transcription::Provider;
    to.push_back(one_of<Provider>(
        "transcription.provider",
        {{"none", Provider::none}, {"openai", Provider::openai}, {"whisper_cpp", Provider::whisper_cpp}},
        [](Settings& s, Provider v) { s.transcription.provider = v; }));
    to.push_back(base_url("transcription.url", true, [](Settings& s) -> auto& { return s.transcription.url; }));
    to.push_back(text("transcription.name",
                      "the model's name as its server knows it, at most 200 characters without spaces",
                      [](Settings& s, const std::string& v) -> Wrong {
                          if (v.size() > 200 || !is_token(v)) return "is not that";
                          s.transcription.name = v;
                          return fine;
                      }));
    add_secret(to, "transcription.key", [](Settings& s) -> auto& { return s.transcription.key; });
    to.push_back(whole_number("transcription.wait_min", 0, 43'200, "minutes",
                              [](Settings& s, std::int64_t v) { s.transcription.wait = std::chrono::minutes(v); }));
    to.push_back(whole_number("transcription.deadline_s", 10, 7'200, "seconds",
                              [](Settings& s, std::int64_t v) { s.transcription.deadline = std::chrono::seconds(v); }));
    to.push_back(whole_number("transcription.daily_minutes", 0, 100'000, "minutes of audio a day",
                              [](Settings& s, std::int64_t v) { s.transcription.daily_minutes = v; }));
    to.push_back(decimal("transcription.price_minute", 1'000, "money for a minute of audio",
                         [](Settings& s, double v) { s.transcription.price_minute = v; }));
    to.push_back(decimal("transcription.daily_ceiling", 1'000'000, "money a day",
                         [](Settings& s, double v) { s.transcription.daily_ceiling = v; }));
    to.push_back(whole_number("transcription.max_audio_mib", 1, 4'096, "MiB", [](Settings& s, std::int64_t v) {
        s.transcription.max_audio_mib = static_cast<std::size_t>(v);
    }));
    to.push_back(text("transcription.ffmpeg", "the program's name, looked for in PATH, or its path",
                      [](Settings& s, const std::string& v) -> Wrong {
                          if (v.empty()) return "is empty";
                          s.transcription.ffmpeg = v;
                          return fine;
                      }));
}

template <class Member>
Setting prefix(std::string key, Member member) {
    return text(std::move(key), "what the model wants before such a text, at most 100 characters",
                [member](Settings& s, const std::string& v) -> Wrong {
                    const bool plain = std::all_of(v.begin(), v.end(), [](unsigned char c) { return c >= 0x20; });
                    if (v.size() > 100 || !plain) return "is not that";
                    member(s) = v;
                    return fine;
                });
}

void add_embeddings(std::vector<Setting>& to) {
    using Provider = Settings::Embeddings::Provider;
    to.push_back(one_of<Provider>("embeddings.provider", {{"none", Provider::none}, {"openai", Provider::openai}},
                                  [](Settings& s, Provider v) { s.embeddings.provider = v; }));
    to.push_back(base_url("embeddings.url", true, [](Settings& s) -> auto& { return s.embeddings.url; }));
    to.push_back(text("embeddings.name",
                      "the model's name as its server knows it, at most 200 characters without spaces",
                      [](Settings& s, const std::string& v) -> Wrong {
                          if (v.size() > 200 || !is_token(v)) return "is not that";
                          s.embeddings.name = v;
                          return fine;
                      }));
    add_secret(to, "embeddings.key", [](Settings& s) -> auto& { return s.embeddings.key; });
    to.push_back(whole_number("embeddings.dimension", 0, 4'096, "numbers of a vector", [](Settings& s, std::int64_t v) {
        s.embeddings.dimension = static_cast<std::size_t>(v);
    }));
    to.push_back(prefix("embeddings.passage_prefix", [](Settings& s) -> auto& { return s.embeddings.passage_prefix; }));
    to.push_back(prefix("embeddings.query_prefix", [](Settings& s) -> auto& { return s.embeddings.query_prefix; }));
    to.push_back(whole_number("embeddings.batch", 1, 1'000, "insights",
                              [](Settings& s, std::int64_t v) { s.embeddings.batch = static_cast<std::size_t>(v); }));
    to.push_back(whole_number("embeddings.deadline_s", 1, 600, "seconds",
                              [](Settings& s, std::int64_t v) { s.embeddings.deadline = std::chrono::seconds(v); }));
    to.push_back(
        whole_number("embeddings.query_deadline_ms", 10, 5'000, "milliseconds",
                     [](Settings& s, std::int64_t v) { s.embeddings.query_deadline = std::chrono::milliseconds(v); }));
    to.push_back(decimal("embeddings.price", 10'000, "money for a million tokens",
                         [](Settings& s, double v) { s.embeddings.price = v; }));
    to.push_back(decimal("embeddings.daily_ceiling", 1'000'000, "money a day",
                         [](Settings& s, double v) { s.embeddings.daily_ceiling = v; }));
    to.push_back(whole_number("embeddings.daily_tokens", 0, 10'000'000'000, "tokens a day",
                              [](Settings& s, std::int64_t v) { s.embeddings.daily_tokens = v; }));
}

}  // namespace

void add_settings_of_models(std::vector<Setting>& to) {
    add_model(to);
    add_transcription(to);
    add_embeddings(to);
}

}  // namespace podbrief::bot
