# Language, warnings, sanitizers, speed of the build.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

option(PODBRIEF_WERROR "Warnings are errors (CI); off in a stranger's build" OFF)
set(PODBRIEF_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=: address,undefined or thread")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness that ccache's manual asks for with precompiled headers; paths relative, so that clones share results.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
endif()
find_program(MOLD_PROGRAM mold)

# What every target of ours is compiled with.
add_library(podbrief_options INTERFACE)
target_include_directories(podbrief_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(podbrief_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wunused)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(podbrief_options INTERFACE -fpch-preprocess -Wno-tsan
    # False alarms of g++ 12 at -O2 inside libstdc++ and coroutine frames (GCC bugs 105329, 105651, 98753).
    -Wno-restrict -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread
    -Wno-mismatched-new-delete -Wno-dangling-pointer)
else()
  target_compile_options(podbrief_options INTERFACE -Xclang -fno-pch-timestamp -Wno-gnu-zero-variadic-macro-arguments
    -Wno-deprecated-declarations)  # libstdc++ 12 uses get_temporary_buffer in its own stable_sort
endif()
if(PODBRIEF_WERROR)
  target_compile_options(podbrief_options INTERFACE -Werror)
endif()
if(MOLD_PROGRAM)
  # g++ 12 knows -fuse-ld=mold, clang too.
  target_link_options(podbrief_options INTERFACE -fuse-ld=mold)
endif()
if(PODBRIEF_SANITIZE)
  target_compile_options(podbrief_options INTERFACE -fsanitize=${PODBRIEF_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  if(PODBRIEF_SANITIZE MATCHES "undefined")
    # These four look at every use of a pointer: a quarter of the time to compile, for what AddressSanitizer and the
    # machine itself (null) report too.
    target_compile_options(podbrief_options INTERFACE -fno-sanitize=null,alignment,vptr,object-size)
  endif()
  target_link_options(podbrief_options INTERFACE -fsanitize=${PODBRIEF_SANITIZE})
endif()
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
