#pragma once
#include <cstddef>

#include "tests/adapters/discord/world.hpp"

namespace podbrief::discord {

// Does with Discord's double everything that can be done: each kind of request of ours is made at least once.
void converse(World& world);

// Posts that many replies of any kind, in all forms.
void post_anything(World& world, std::size_t tries);

}  // namespace podbrief::discord
