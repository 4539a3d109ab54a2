package org.evenkeel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Finds queries whose text is put together of anything but constants. It reads sources as the compiler does, and follows what is
 * handed to a method that takes a query back to where it comes from: literals and static finals are constant; so is a variable if
 * all that is ever assigned to it is, a parameter if all that callers hand over is, a call if all that the method returns is.
 * Whatever else there may be is not.
 */
final class QueryTexts {

    /** Methods whose first argument is a query. */
    private static final Map<String, Set<String>> TAKE_QUERIES = Map.of(
            "org.evenkeel.shared.Sql", Set.of("add"),
            "jakarta.persistence.EntityManager", Set.of("createQuery", "createNativeQuery"),
            "java.sql.Connection", Set.of("prepareStatement", "prepareCall", "nativeSQL"),
            "java.sql.Statement", Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "addBatch"));

    /** It carries the text that it was given, piece by piece, to the driver. */
    private static final String CARRIER = "org.evenkeel.shared.Sql";

    private final Trees trees;
    private final Map<Element, List<TreePath>> assigned = new HashMap<>();
    private final Map<Element, List<List<TreePath>>> calls = new HashMap<>();
    private final Map<Element, TreePath> referredTo = new HashMap<>();
    private final Map<Element, List<TreePath>> returned = new HashMap<>();
    private final List<TreePath> queries = new ArrayList<>();
    private final Set<Element> underway = new HashSet<>();

    private QueryTexts(Trees trees) {
        this.trees = trees;
    }

    /** Each as {@code Type.java: expression}. */
    static List<String> notConstant(List<? extends JavaFileObject> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) compiler.getTask(
                null,
                compiler.getStandardFileManager(told, Locale.ROOT, UTF_8),
                told,
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path")),
                null,
                sources);
        try {
            Iterable<? extends CompilationUnitTree> units = task.parse();
            task.analyze();
            requireNoErrors(told);
            QueryTexts texts = new QueryTexts(Trees.instance(task));
            units.forEach(texts::read);
            return texts.judge();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireNoErrors(DiagnosticCollector<JavaFileObject> told) {
        told.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .ifPresent(error -> {
                    throw new AssertionError(error);
                });
    }

    // --- what there is ----------------------------------------------------------------------------------------------

    private void read(CompilationUnitTree unit) {
        new Reader().scan(new TreePath(unit), null);
    }

    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
            if (variable.getInitializer() != null) {
                assign(element(getCurrentPath()), variable.getInitializer());
            }
            return super.visitVariable(variable, null);
        }

        @Override
        public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void none) {
            assign(element(path(assignment.getVariable())), assignment.getExpression());
            return super.visitAssignment(assignment, null);
        }

        @Override
        public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree assignment, @Nullable Void none) {
            assign(element(path(assignment.getVariable())), assignment.getExpression());
            return super.visitCompoundAssignment(assignment, null);
        }

        /** {@code for (String each : List.of("one", "two"))} */
        @Override
        public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void none) {
            Element each = element(path(loop.getVariable()));
            if (loop.getExpression() instanceof MethodInvocationTree list
                    && list.getMethodSelect() instanceof MemberSelectTree of
                    && of.getIdentifier().contentEquals("of")) {
                list.getArguments().forEach(one -> assigned.computeIfAbsent(each, any -> new ArrayList<>())
                        .add(new TreePath(new TreePath(getCurrentPath(), list), one)));
            }
            return super.visitEnhancedForLoop(loop, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
            Element method = element(getCurrentPath());
            call(method, call.getArguments());
            if (method instanceof ExecutableElement executable && takesQuery(executable)) {
                queries.add(path(call.getArguments().get(0)));
            }
            return super.visitMethodInvocation(call, null);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree call, @Nullable Void none) {
            call(element(getCurrentPath()), call.getArguments());
            return super.visitNewClass(call, null);
        }

        /** {@code this::find}: whoever is given it may hand over anything. */
        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void none) {
            referredTo.put(element(getCurrentPath()), getCurrentPath());
            return super.visitMemberReference(reference, null);
        }

        @Override
        public @Nullable Void visitReturn(ReturnTree back, @Nullable Void none) {
            TreePath around = getCurrentPath();
            while (!(around.getLeaf() instanceof MethodTree) && !(around.getLeaf() instanceof LambdaExpressionTree)) {
                around = around.getParentPath();
            }
            if (around.getLeaf() instanceof MethodTree && back.getExpression() != null) {
                returned.computeIfAbsent(element(around), any -> new ArrayList<>())
                        .add(path(back.getExpression()));
            }
            return super.visitReturn(back, null);
        }

        private void assign(Element variable, ExpressionTree value) {
            assigned.computeIfAbsent(variable, any -> new ArrayList<>()).add(path(value));
        }

        private void call(Element method, List<? extends ExpressionTree> arguments) {
            calls.computeIfAbsent(method, any -> new ArrayList<>())
                    .add(arguments.stream().map(this::path).toList());
        }

        private TreePath path(Tree child) {
            return new TreePath(getCurrentPath(), child);
        }
    }

    private Element element(TreePath path) {
        Element element = trees.getElement(path);
        return element == null ? trees.getElement(new TreePath(path.getCompilationUnit())) : element;
    }

    private static boolean takesQuery(ExecutableElement method) {
        TypeElement owner = (TypeElement) method.getEnclosingElement();
        return TAKE_QUERIES
                        .getOrDefault(owner.getQualifiedName().toString(), Set.of())
                        .contains(method.getSimpleName().toString())
                && !method.getParameters().isEmpty()
                && method.getParameters().get(0).asType().toString().equals("java.lang.String");
    }

    // --- what to think of it ----------------------------------------------------------------------------------------

    private List<String> judge() {
        return queries.stream()
                .filter(query -> !isWithin(query, CARRIER) && !isConstant(query))
                .map(query -> describe(culprit(query)))
                .toList();
    }

    private boolean isWithin(TreePath path, String type) {
        TreePath around = path;
        while (!(around.getLeaf() instanceof ClassTree)) {
            around = around.getParentPath();
        }
        return trees.getElement(around) instanceof TypeElement found
                && found.getQualifiedName().contentEquals(type);
    }

    private static String describe(TreePath path) {
        return Path.of(path.getCompilationUnit().getSourceFile().getName()).getFileName() + ": " + path.getLeaf();
    }

    /** What of an expression that is not constant is to blame. */
    private TreePath culprit(TreePath path) {
        if (path.getLeaf() instanceof ParenthesizedTree inner) {
            return culprit(new TreePath(path, inner.getExpression()));
        }
        if (path.getLeaf() instanceof BinaryTree sum) {
            TreePath left = new TreePath(path, sum.getLeftOperand());
            return culprit(isConstant(left) ? new TreePath(path, sum.getRightOperand()) : left);
        }
        return path;
    }

    private boolean isConstant(TreePath path) {
        Tree tree = path.getLeaf();
        return switch (tree.getKind()) {
            case STRING_LITERAL, INT_LITERAL, LONG_LITERAL, CHAR_LITERAL, BOOLEAN_LITERAL -> true;
            case PARENTHESIZED -> isConstant(new TreePath(path, ((ParenthesizedTree) tree).getExpression()));
            case PLUS ->
                isConstant(new TreePath(path, ((BinaryTree) tree).getLeftOperand()))
                        && isConstant(new TreePath(path, ((BinaryTree) tree).getRightOperand()));
            case CONDITIONAL_EXPRESSION ->
                isConstant(new TreePath(path, ((ConditionalExpressionTree) tree).getTrueExpression()))
                        && isConstant(new TreePath(path, ((ConditionalExpressionTree) tree).getFalseExpression()));
            case SWITCH_EXPRESSION -> results(path).stream().allMatch(this::isConstant);
            case IDENTIFIER, MEMBER_SELECT ->
                trees.getElement(path) instanceof VariableElement variable && isConstant(variable);
            case METHOD_INVOCATION -> isConstantCall(path, (MethodInvocationTree) tree);
            default -> false;
        };
    }

    /** What a switch comes to; a branch that throws comes to nothing. */
    private static List<TreePath> results(TreePath choice) {
        List<TreePath> results = new ArrayList<>();
        for (CaseTree one : ((SwitchExpressionTree) choice.getLeaf()).getCases()) {
            if (one.getBody() instanceof ExpressionTree result) {
                results.add(new TreePath(new TreePath(choice, one), result));
            }
        }
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitYield(YieldTree yield, @Nullable Void none) {
                results.add(new TreePath(getCurrentPath(), yield.getValue()));
                return super.visitYield(yield, null);
            }
        }.scan(choice, null);
        return results;
    }

    private boolean isConstant(VariableElement variable) {
        if (variable.getConstantValue() != null
                || variable.getModifiers().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL))) {
            return true;
        }
        if (!underway.add(variable)) {
            return true;
        }
        try {
            List<TreePath> values = new ArrayList<>(assigned.getOrDefault(variable, List.of()));
            if (variable.getKind() == ElementKind.PARAMETER) {
                values.addAll(handedOver(variable));
            }
            return !values.isEmpty() && values.stream().allMatch(this::isConstant);
        } finally {
            underway.remove(variable);
        }
    }

    /** What callers hand over for a parameter; the parameter of a lambda has none that are known. */
    private List<TreePath> handedOver(VariableElement parameter) {
        return parameter.getEnclosingElement() instanceof ExecutableElement method
                ? arguments(method, method.getParameters().indexOf(parameter))
                : List.of();
    }

    private List<TreePath> arguments(ExecutableElement method, int index) {
        TreePath reference = referredTo.get(method);
        if (reference != null) {
            return List.of(reference);
        }
        return index < 0
                ? List.of()
                : calls.getOrDefault(method, List.of()).stream()
                        .filter(arguments -> index < arguments.size())
                        .map(arguments -> arguments.get(index))
                        .toList();
    }

    private boolean isConstantCall(TreePath path, MethodInvocationTree call) {
        if (!(trees.getElement(path) instanceof ExecutableElement method)) {
            return false;
        }
        if (method.getEnclosingElement().toString().equals("java.lang.String")) {
            return Set.of("repeat", "strip").contains(method.getSimpleName().toString())
                    && isConstant(new TreePath(
                            new TreePath(path, call.getMethodSelect()),
                            ((MemberSelectTree) call.getMethodSelect()).getExpression()));
        }
        if (!underway.add(method)) {
            return true;
        }
        try {
            List<TreePath> values = returned.getOrDefault(method, List.of());
            return !values.isEmpty() && values.stream().allMatch(this::isConstant);
        } finally {
            underway.remove(method);
        }
    }
}
