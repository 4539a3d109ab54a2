package org.evenkeel.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The API: everything under {@code /api}. {@code META-INF/openapi.yaml} describes it; a test keeps the two in step. */
@ApplicationPath("/api")
public class ApiApplication extends Application {}
