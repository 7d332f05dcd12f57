/**
 * Has Node keep what it compiles, for the next run: the compilers are ten megabytes each. Imported before all else, in each
 * thread; Node has it from 22.1 on.
 */
import module from "node:module";

(module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
