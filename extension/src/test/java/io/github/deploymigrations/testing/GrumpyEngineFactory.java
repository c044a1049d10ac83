package io.github.deploymigrations.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.List;
import javax.script.AbstractScriptEngine;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptException;
import javax.script.SimpleBindings;

/**
 * An engine for hooks in the language Grumpy, in which every text is a complaint; one that begins with {@code assert} is an
 * {@link Error}, as with Groovy.
 */
public final class GrumpyEngineFactory implements ScriptEngineFactory {

    @Override
    public ScriptEngine getScriptEngine() {
        return new AbstractScriptEngine() {
            @Override
            public Object eval(String script, ScriptContext context) throws ScriptException {
                if (script.startsWith("assert ")) {
                    throw new AssertionError(script.strip());
                }
                throw new ScriptException(script.strip());
            }

            @Override
            public Object eval(Reader reader, ScriptContext context) throws ScriptException {
                try (StringWriter script = new StringWriter()) {
                    reader.transferTo(script);
                    return eval(script.toString(), context);
                } catch (IOException e) {
                    throw new ScriptException(e);
                }
            }

            @Override
            public Bindings createBindings() {
                return new SimpleBindings();
            }

            @Override
            public ScriptEngineFactory getFactory() {
                return GrumpyEngineFactory.this;
            }
        };
    }

    @Override
    public List<String> getNames() {
        return List.of("Grumpy");
    }

    @Override
    public String getEngineName() {
        return "Grumpy";
    }

    @Override
    public String getEngineVersion() {
        return "1";
    }

    @Override
    public List<String> getExtensions() {
        return List.of("grumpy");
    }

    @Override
    public List<String> getMimeTypes() {
        return List.of();
    }

    @Override
    public String getLanguageName() {
        return "Grumpy";
    }

    @Override
    public String getLanguageVersion() {
        return "1";
    }

    @Override
    public Object getParameter(String key) {
        return null;
    }

    @Override
    public String getMethodCallSyntax(String object, String method, String... arguments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getOutputStatement(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getProgram(String... statements) {
        throw new UnsupportedOperationException();
    }
}
