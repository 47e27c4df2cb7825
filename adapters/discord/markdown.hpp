#pragma once
#include <string>
#include <string_view>

// Discord's Markdown (docs.discord.com: reference, "Message formatting").
namespace podbrief::discord {

// Text from outside as text that is shown as it is: inert, no markup, no mention, and no address in it becomes a link.
// One line, unless `keep_lines`.
std::string escaped(std::string_view text, bool keep_lines = false);

// "[Listen at 12:34](<https://example.com/e>)". `label` is text of ours, `url` an address as commands::is_web_address
// has it.
std::string masked_link(std::string_view label, std::string_view url);
// "<https://example.com/e>": shown as it is, without a preview.
std::string bare_link(std::string_view url);

// "example.com": what a reader should know of an address before they open it. Empty: it has no host.
std::string host_of(std::string_view url);

}  // namespace podbrief::discord
