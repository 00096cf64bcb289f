/** The version of this package. Not read from package.json, whose path differs between the sources and the build. */
export const VERSION = '0.1.0';
