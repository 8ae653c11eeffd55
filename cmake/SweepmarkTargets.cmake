# One folder is one target: its sources are collected, so that a new file needs no edit here.

add_library(sweepmark_compile_options INTERFACE)
target_compile_options(sweepmark_compile_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Werror)
# Once it inlines, and under the thread sanitizer, g++ 12 takes the empty storage of std::optional and std::expected for uninitialised reads (GCC bug 80635) and
# "a" + std::string for overlapping memory (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(sweepmark_compile_options INTERFACE -Wno-maybe-uninitialized
    $<$<CONFIG:Release>:-Wno-restrict>)
endif()
# The same picture and the same labels from the same input on every build: no fused multiply-add behind our back.
target_compile_options(sweepmark_compile_options INTERFACE -ffp-contract=off)

# sweepmark_library(<name> [DEPS our targets…] [PUBLIC third-party…] [PRIVATE third-party…])
# The target is sweepmark_<name>; third-party links are PRIVATE unless a header of ours cannot do without them.
function(sweepmark_library name)
  cmake_parse_arguments(ARG "" "" "DEPS;PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(target sweepmark_${name})
  list(TRANSFORM ARG_DEPS PREPEND sweepmark_)
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${target} PUBLIC ${ARG_DEPS} ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} sweepmark_compile_options)
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${target} INTERFACE ${ARG_DEPS} ${ARG_PUBLIC})
  endif()
endfunction()

# sweepmark_registry(<target> FOLDER <dir> HEADER <header> TYPE <type> FUNCTION <name> FACTORY_PREFIX <prefix>
#                    [NAMESPACE <namespace>])
# Every <dir>/<stem>.cpp defines `TYPE <prefix><stem>();` in the namespace (sweepmark unless said). This writes the function
# `std::span<const TYPE> <name>()` that lists them all, sorted by file name: adding one is adding one file.
# The folder's sources join the target.
function(sweepmark_registry target)
  cmake_parse_arguments(ARG "" "FOLDER;HEADER;TYPE;FUNCTION;FACTORY_PREFIX;NAMESPACE" "" ${ARGN})
  if(NOT ARG_NAMESPACE)
    set(ARG_NAMESPACE sweepmark)
  endif()
  file(GLOB members CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_FOLDER}/*.cpp)
  list(SORT members)
  set(declarations "")
  set(calls "")
  foreach(member IN LISTS members)
    get_filename_component(stem ${member} NAME_WE)
    string(APPEND declarations "${ARG_TYPE} ${ARG_FACTORY_PREFIX}${stem}();\n")
    string(APPEND calls "      ${ARG_FACTORY_PREFIX}${stem}(),\n")
  endforeach()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${ARG_FUNCTION}_registry.cpp)
  file(CONFIGURE OUTPUT ${generated} CONTENT
"// Generated from the files of ${ARG_FOLDER}/ by cmake/SweepmarkTargets.cmake.
#include \"${ARG_HEADER}\"

#include <span>
#include <vector>

namespace ${ARG_NAMESPACE} {

${declarations}
std::span<const ${ARG_TYPE}> ${ARG_FUNCTION}() {
  static const std::vector<${ARG_TYPE}> members = {
${calls}  };
  return members;
}

}  // namespace ${ARG_NAMESPACE}
" @ONLY)
  target_sources(${target} PRIVATE ${members} ${generated})
endfunction()
