package org.evenkeel.patient;

/**
 * Whether two names may be one person's: equal but for case and accents, each a letter or two apart, given and family name swapped, or
 * one given name the beginning of the other.
 */
final class NameLikeness {
    private static final int LONG = 6;

    private NameLikeness() {}

    static boolean alike(String given, String family, String otherGiven, String otherFamily) {
        String givenA = Patient.searchable(given);
        String familyA = Patient.searchable(family);
        String givenB = Patient.searchable(otherGiven);
        String familyB = Patient.searchable(otherFamily);
        return (close(givenA, givenB) && close(familyA, familyB))
                || (close(givenA, familyB) && close(familyA, givenB))
                || (familyA.equals(familyB) && (givenA.startsWith(givenB) || givenB.startsWith(givenA)));
    }

    private static boolean close(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int allowed = shorter < 3 ? 0 : shorter < LONG ? 1 : 2;
        return Math.abs(one.length() - other.length()) <= allowed && distance(one, other) <= allowed;
    }

    /** How many letters must be put in, taken out, replaced, or swapped with their neighbour to make one of the other. */
    static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, one, other, i, j);
            }
        }
        return cost[one.length()][other.length()];
    }

    private static int cheapest(int[][] cost, String one, String other, int i, int j) {
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
