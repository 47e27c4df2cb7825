# podbrief_room(NAME [LINK target...]): the library of the folder it is called in, made of all its .cpp files.
# A room without .cpp files is headers only.
function(podbrief_room name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/(main|pch)\\.cpp$")
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC podbrief_options ${ARG_LINK})
    target_precompile_headers(${name} REUSE_FROM podbrief_pch)
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE podbrief_options ${ARG_LINK})
  endif()
endfunction()

# podbrief_test(NAME [LINK target...]): the GoogleTest program of the folder it is called in, one ctest entry a test.
function(podbrief_test name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE podbrief_options ${ARG_LINK} tests_support)
  target_precompile_headers(${name} REUSE_FROM podbrief_pch)
  target_compile_definitions(${name} PRIVATE PODBRIEF_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    TEST_PREFIX ${name}: PROPERTIES TIMEOUT 300)
endfunction()
