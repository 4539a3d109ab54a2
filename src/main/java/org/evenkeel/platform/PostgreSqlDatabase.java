package org.evenkeel.platform;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.platform.database.PostgreSQLPlatform;
import org.jspecify.annotations.Nullable;

/** EclipseLink's PostgreSQL, with java.time and UUID as they are: see {@link JavaTime}. Chosen by {@link DatabaseChoice}. */
public class PostgreSqlDatabase extends PostgreSQLPlatform {
    private static final long serialVersionUID = 1L;

    /** No: the optimised way reads dates and times through java.sql types. */
    @Override
    public boolean shouldOptimizeDataConversion() {
        return false;
    }

    @Override
    public void setParameterValueInDatabaseCall(
            Object parameter, PreparedStatement statement, int index, AbstractSession session) throws SQLException {
        if (!JavaTime.bind(parameter, statement, index)) {
            super.setParameterValueInDatabaseCall(parameter, statement, index, session);
        }
    }

    @Override
    public @Nullable Object getObjectFromResultSet(ResultSet row, int column, int type, AbstractSession session)
            throws SQLException {
        return JavaTime.reads(type)
                ? JavaTime.read(row, column, type)
                : super.getObjectFromResultSet(row, column, type, session);
    }

    @Override
    public int getJDBCType(@Nullable Class<?> javaType) {
        int type = JavaTime.typeOfNull(javaType);
        return type == 0 ? super.getJDBCType(javaType) : type;
    }
}
