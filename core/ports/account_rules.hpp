#pragma once
#include <functional>
#include <string>

#include "core/model/reader.hpp"

// What the calls of AccountStore do to readers, for every store.
namespace podbrief::accounts {

// `name`; or "name 2", "name 3" ... when it is taken. Asks few times, however many are taken.
std::string free_name(const std::string& name, const std::function<bool(const std::string&)>& taken);

// What the two follow and mute. Where they differ, `into` has its way: its weight of a topic, and what it mutes or
// follows is not followed or muted because of `from`. A list that has 500 entries takes no more.
Profile united(Profile into, const Profile& from);

}  // namespace podbrief::accounts
