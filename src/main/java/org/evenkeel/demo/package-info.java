/** The demo clinic: two sites at work, built once, relative to the day it is built on. Nobody depends on it. */
@NullMarked
package org.evenkeel.demo;

import org.jspecify.annotations.NullMarked;
