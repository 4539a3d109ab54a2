package org.evenkeel.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The API: everything under {@code /api}. */
@ApplicationPath("/api")
public class ApiApplication extends Application {}
