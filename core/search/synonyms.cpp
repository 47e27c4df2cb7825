// What means the same in talk of technology, politics and work. Words are written as people write them; they are
// stemmed when first asked for. To add one, add it to a line or make a new line: nothing else depends on the order.
#include "core/search/synonyms.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

struct NamedPhrase {
    std::string_view name;
    std::string_view phrase;
};

constexpr auto named_phrases = std::to_array<NamedPhrase>({
    // computing
    {"ai", "artificial intelligence"},
    {"agi", "artificial general intelligence"},
    {"genai", "generative ai"},
    {"genai", "generative artificial intelligence"},
    {"ml", "machine learning"},
    {"dl", "deep learning"},
    {"llm", "large language model"},
    {"slm", "small language model"},
    {"vlm", "vision language model"},
    {"rag", "retrieval augmented generation"},
    {"rl", "reinforcement learning"},
    {"rlhf", "reinforcement learning from human feedback"},
    {"moe", "mixture of experts"},
    {"cot", "chain of thought"},
    {"mcp", "model context protocol"},
    {"lora", "low rank adaptation"},
    {"finetune", "fine tune"},
    {"finetune", "fine tuning"},
    {"nlp", "natural language processing"},
    {"tts", "text to speech"},
    {"asr", "speech recognition"},
    {"asr", "speech to text"},
    {"ocr", "optical character recognition"},
    {"gpu", "graphics processing unit"},
    {"gpu", "graphics card"},
    {"cpu", "central processing unit"},
    {"tpu", "tensor processing unit"},
    {"fpga", "field programmable gate array"},
    {"api", "application programming interface"},
    {"ui", "user interface"},
    {"ux", "user experience"},
    {"dx", "developer experience"},
    {"os", "operating system"},
    {"vm", "virtual machine"},
    {"cli", "command line"},
    {"ide", "integrated development environment"},
    {"sdk", "software development kit"},
    {"cdn", "content delivery network"},
    {"dns", "domain name system"},
    {"ci", "continuous integration"},
    {"cd", "continuous delivery"},
    {"cd", "continuous deployment"},
    {"iac", "infrastructure as code"},
    {"saas", "software as a service"},
    {"paas", "platform as a service"},
    {"sre", "site reliability engineering"},
    {"sre", "site reliability engineer"},
    {"tdd", "test driven development"},
    {"ddd", "domain driven design"},
    {"oop", "object oriented programming"},
    {"pr", "pull request"},
    {"wasm", "web assembly"},
    {"oss", "open source"},
    {"foss", "free software"},
    {"iot", "internet of things"},
    {"ar", "augmented reality"},
    {"vr", "virtual reality"},
    {"datacenter", "data center"},
    {"datacenter", "data centre"},
    {"e2ee", "end to end encryption"},
    {"mfa", "multi factor authentication"},
    {"mfa", "two factor authentication"},
    {"vpn", "virtual private network"},
    // business, work, law
    {"vc", "venture capital"},
    {"ipo", "initial public offering"},
    {"mvp", "minimum viable product"},
    {"kpi", "key performance indicator"},
    {"roi", "return on investment"},
    {"b2b", "business to business"},
    {"wfh", "work from home"},
    {"wfh", "remote work"},
    {"rto", "return to office"},
    {"hr", "human resources"},
    {"qa", "quality assurance"},
    {"ip", "intellectual property"},
    {"gdpr", "general data protection regulation"},
    {"ubi", "universal basic income"},
    {"gdp", "gross domestic product"},
    {"esg", "environmental social governance"},
    {"fed", "federal reserve"},
    {"antitrust", "competition law"},
    // world, science
    {"usa", "united states"},
    {"uk", "united kingdom"},
    {"uk", "great britain"},
    {"eu", "european union"},
    {"un", "united nations"},
    {"prc", "people's republic of china"},
    {"ev", "electric vehicle"},
    {"ev", "electric car"},
    {"smr", "small modular reactor"},
    {"co2", "carbon dioxide"},
    {"iss", "international space station"},
});

struct Set {
    double weight;  // how nearly they mean the same
    std::string_view words;
};

// 0.9: one thing, two names; 0.75: near enough to count as the same claim; below: neighbours, for searching only.
constexpr auto sets = std::to_array<Set>({
    {0.9, "kubernetes k8s"},
    {0.95, "gpu gpus"},  // the stemmer leaves words in -us alone
    {0.95, "cpu cpus"},
    {0.95, "tpu tpus"},
    {0.9, "javascript js ecmascript"},
    {0.9, "typescript ts"},
    {0.9, "postgres postgresql"},
    {0.9, "database databases db"},
    {0.9, "webassembly wasm"},
    {0.9, "golang gopher"},
    {0.9, "repository repo"},
    {0.9, "configuration config"},
    {0.9, "administrator admin"},
    {0.9, "authentication auth login"},
    {0.9, "usa america american"},
    {0.9, "uk britain british"},
    {0.9, "eu europe european"},
    {0.9, "china chinese prc beijing"},
    {0.9, "russia russian moscow"},
    {0.9, "semiconductor semiconductors chip chips microchip"},
    {0.9, "oss opensource foss"},
    {0.9, "crypto cryptocurrency cryptocurrencies"},
    {0.9, "cybersecurity infosec"},
    {0.9, "wfh telework telecommuting remote"},
    {0.9, "ai genai"},
    {0.9, "finetune finetuning"},
    {0.9, "car cars automobile vehicle"},
    {0.9, "doctor physician"},
    {0.7, "medicine medication drug"},
    {0.7, "salary wage pay compensation"},
    {0.9, "developer programmer coder"},
    {0.9, "program programme"},
    {0.9, "labor labour"},
    {0.9, "antitrust monopoly"},
    {0.9, "layoff layoffs redundancy"},
    {0.9, "nuclear atomic"},
    {0.8, "control curb restriction restrict ban prohibition embargo sanction"},
    {0.8, "industry sector"},
    {0.8, "domestic homegrown indigenous"},
    {0.8, "firm company enterprise business"},
    {0.8, "regulation legislation regulate regulatory"},
    {0.8, "accelerate hasten quicken speed"},
    {0.8, "bug defect"},
    {0.8, "vulnerability exploit"},
    {0.8, "child children kid"},
    {0.8, "teenager teen adolescent"},
    {0.8, "school classroom"},
    {0.8, "reactor fission"},
    {0.8, "price pricing"},
    {0.8, "productive productivity"},
    {0.6, "chip gpu processor accelerator cpu"},
    {0.6, "llm chatbot gpt"},
    {0.6, "control limit block"},
    {0.6, "regulation law rule policy"},
    {0.6, "developer engineer"},
    {0.6, "embedding vector"},
    {0.6, "hallucination confabulation"},
    {0.6, "agent agentic"},
    {0.6, "microservice distributed"},
    {0.6, "climate warming emission"},
    {0.6, "cost expense price"},
    {0.6, "funding investment"},
    {0.6, "security cybersecurity"},
    {0.6, "crypto bitcoin blockchain ethereum"},
    {0.6, "copyright ip licensing"},
    {0.6, "job employment unemployment"},
    {0.6, "energy electricity power"},
    {0.6, "export trade tariff"},
    {0.5, "test testing qa"},
    {0.5, "wfh hybrid"},
    {0.5, "privacy surveillance"},
    {0.5, "inflation price"},
    {0.5, "startup founder"},
});

constexpr double counts_as_same = 0.75;

struct Tables {
    std::unordered_map<std::string, std::vector<Synonym>> synonyms;
    std::unordered_map<std::string, std::string> canonical;

    Tables() {
        for (const Set& set : sets) add(set);
        for (auto& [stem, list] : synonyms) {
            std::sort(list.begin(), list.end(), [](const Synonym& a, const Synonym& b) {
                return a.weight != b.weight ? a.weight > b.weight : a.stem < b.stem;
            });
        }
    }

private:
    void add(const Set& set) {
        std::vector<std::string> stems;
        for (const text::ByteRange& word : text::words(set.words)) {
            std::string stem = text::stem(word.in(set.words));
            if (std::find(stems.begin(), stems.end(), stem) == stems.end()) stems.push_back(std::move(stem));
        }
        for (const std::string& one : stems) {
            if (set.weight >= counts_as_same) canonical.try_emplace(one, stems.front());
            for (const std::string& other : stems) {
                if (one != other) note(one, other, set.weight);
            }
        }
    }

    void note(const std::string& one, const std::string& other, double weight) {
        std::vector<Synonym>& list = synonyms[one];
        const auto known = std::find_if(list.begin(), list.end(), [&](const Synonym& s) { return s.stem == other; });
        if (known == list.end()) {
            list.push_back({other, weight});
        } else {
            known->weight = std::max(known->weight, weight);
        }
    }
};

const Tables& tables() {
    static const Tables built;
    return built;
}

std::vector<Phrase> built_phrases() {
    std::vector<Phrase> built;
    for (const NamedPhrase& one : named_phrases) {
        Phrase phrase{text::stems(one.phrase), text::stem(one.name)};
        if (phrase.stems.size() >= 2) built.push_back(std::move(phrase));
    }
    return built;
}

}  // namespace

const std::vector<Phrase>& phrases() {
    static const std::vector<Phrase> built = built_phrases();
    return built;
}

const std::vector<Synonym>& synonyms_of(std::string_view stem) {
    static const std::vector<Synonym> none;
    const auto found = tables().synonyms.find(std::string(stem));
    return found == tables().synonyms.end() ? none : found->second;
}

std::string_view canonical(std::string_view stem) {
    const auto found = tables().canonical.find(std::string(stem));
    return found == tables().canonical.end() ? stem : std::string_view(found->second);
}

}  // namespace podbrief::search
