using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft linearize</c> on what is no history: exit 1 and one line that names file and line, what was found and what was expected.</summary>
public sealed class BadHistoryTests : IDisposable
{
    private const string Invoke = "INFO  jepsen.util - 0\t:invoke\t:write\t1";

    private const string Ok = "INFO  jepsen.util - 0\t:ok\t:write\t1";

    private const string Call = """{:process 0, :type :invoke, :f :append, :key "k", :value "x"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(": the file is empty; expected a history", "")]
    [InlineData(", line 2: found 'garbage'; expected 'INFO jepsen.util - CLIENT :invoke|:ok|:fail|:info", Invoke, "garbage")]
    [InlineData(", line 4: found 'garbage'", Invoke, "", Ok, "garbage")]
    [InlineData(", line 1: client 0 returns from 'write' without a call; expected its call in a line before", Ok)]
    [InlineData(", line 3: client 0 returns from 'write' without a call", Invoke, Ok, Ok)]
    [InlineData(", line 1: client 7 returns from 'cas' without a call", "INFO  jepsen.util - 7\t:info\t:cas\t:timed-out")]
    [InlineData(", line 2: client 0 calls 'write 1' while its call 'write 1' of line 1 is open; expected the return of that first", Invoke, Invoke)]
    [InlineData(", line 2: client 0 returns from 'write 2'; expected the return of its call 'write 1' of line 1", Invoke, "INFO  jepsen.util - 0\t:ok\t:write\t2")]
    [InlineData(", line 2: client 0 returns from 'read'; expected the return of its call 'write 1'", Invoke, "INFO  jepsen.util - 0\t:ok\t:read\t2")]
    [InlineData(", line 2: client 0 returns from 'cas'; expected the return of its call 'write 1'", Invoke, "INFO  jepsen.util - 0\t:info\t:cas\t:timed-out")]
    [InlineData(", line 1: found the value '5' of :read; expected", "INFO  jepsen.util - 0\t:invoke\t:read\t5")]
    [InlineData(", line 1: found the value '[1]' of :cas; expected", "INFO  jepsen.util - 0\t:invoke\t:cas\t[1]")]
    [InlineData("with no 32-bit number in the place of '99999999999'; expected", "INFO  jepsen.util - 0\t:invoke\t:write\t99999999999")]
    [InlineData("with no 32-bit number in the place of 'nil'; expected", "INFO  jepsen.util - 0\t:invoke\t:write\tnil")]
    [InlineData("with no 32-bit number in the place of ':timed-out'; expected", "INFO  jepsen.util - 0\t:ok\t:read\t:timed-out")]
    [InlineData(", line 1: found ':fail :write 1'; expected", "INFO  jepsen.util - 0\t:fail\t:write\t1")]
    [InlineData(", line 1: found 'INFO  jepsen.util - 99999999999", "INFO  jepsen.util - 99999999999\t:invoke\t:write\t1")]
    public void Of_a_register(string expected, params string[] lines) => AssertBad("register", expected, lines);

    [Theory]
    [InlineData(", line 2: found 'INFO  jepsen' at character 1; expected '{'", Call, "INFO  jepsen")]
    [InlineData(", line 1: found the end at character 14; expected a keyword such as :process", "{:process 0, ")]
    [InlineData(", line 1: found the end at character 11; expected a keyword, a number, a string, nil or a vector", "{:process ")]
    [InlineData(", line 1: found '7 :process}' at character 2; expected a keyword such as :process", "{7 :process}")]
    [InlineData(", line 1: found 'x' at character 3; expected the line's end", "{}x")]
    [InlineData(", line 1: found the end at character 12; expected the string's end", "{:process \"")]
    [InlineData("""expected \n, \t, \r, \" or \\""", """{:process "\q"}""")]
    [InlineData(", line 1: found :process twice; expected it once", "{:process 1 :process 2}")]
    [InlineData(", line 1: found no :process; expected a client's number", "{}")]
    [InlineData(", line 1: found :process \"0\"; expected a client's number", "{:process \"0\"}")]
    [InlineData(", line 1: found :process -1; expected a number from 0", "{:process -1}")]
    [InlineData(", line 1: found :type :done; expected :invoke, :ok, :fail or :info", "{:process 1 :type :done}")]
    [InlineData(", line 1: found :f :delete; expected one of :get, :put, :append", "{:process 1 :type :invoke :f :delete}")]
    [InlineData(", line 1: found :key :k; expected a key, a string", "{:process 1 :type :invoke :f :get :key :k}")]
    [InlineData(", line 1: found :value 7; expected a string", "{:process 1 :type :invoke :f :put :key \"k\" :value 7}")]
    [InlineData(", line 1: found :value \"x\" of a get without an answer; expected nil", "{:process 1 :type :invoke :f :get :key \"k\" :value \"x\"}")]
    [InlineData(", line 2: found :value nil; expected the value got, a string", """{:process 0 :type :invoke :f :get :key "k"}""", """{:process 0 :type :ok :f :get :key "k" :value nil}""")]
    [InlineData(", line 2: client 0 calls 'append k \"x\"' while its call 'append k \"x\"' of line 1 is open", Call, Call)]
    [InlineData(", line 1: client 0 returns from 'append' without a call", """{:process 0, :type :ok, :f :append, :key "k", :value "x"}""")]
    [InlineData(", line 2: client 0 returns from 'append j \"x\"'; expected the return of its call 'append k \"x\"' of line 1", Call, """{:process 0, :type :ok, :f :append, :key "j", :value "x"}""")]
    public void Of_a_key_value_store(string expected, params string[] lines) => AssertBad("kv", expected, lines);

    [Theory]
    [InlineData(", line 1: found :value \"x\"; expected [\"text\" version] to put", """{:process 0 :type :invoke :f :put :key "k" :value "x"}""")]
    [InlineData(", line 1: found :value [\"x\" -1]; expected", """{:process 0 :type :invoke :f :put :key "k" :value ["x" -1]}""")]
    [InlineData("expected a keyword, a number, a string or nil", """{:process 0 :type :invoke :f :put :key "k" :value [["x"] 1]}""")]
    [InlineData(", line 1: found :value [\"x\" 1]; expected nil", """{:process 0 :type :invoke :f :get :key "k" :value ["x" 1]}""")]
    [InlineData(", line 1: found :value nil; expected [\"text\" version] or :no-key", """{:process 0 :type :ok :f :get :key "k" :value nil}""")]
    [InlineData(", line 1: found :value :fine; expected :ok, :no-key, :wrong-version or :maybe", """{:process 0 :type :ok :f :put :key "k" :value :fine}""")]
    [InlineData(", line 1: found :value :ok; expected nil", """{:process 0 :type :info :f :put :key "k" :value :ok}""")]
    [InlineData(", line 2: client 0 returns from 'get j'; expected the return of its call 'get k' of line 1", """{:process 0 :type :invoke :f :get :key "k"}""", """{:process 0 :type :ok :f :get :key "j" :value :no-key}""")]
    public void Of_a_versioned_store(string expected, params string[] lines) => AssertBad("versioned", expected, lines);

    [Theory]
    [InlineData("--model is missing; expected one of register, kv, versioned", "linearize", "x")]
    [InlineData("--model is 'queue'; expected one of register, kv, versioned", "linearize", "x", "--model", "queue")]
    [InlineData("the history's path is empty; expected a history file", "linearize", "", "--model", "kv")]
    [InlineData("missing.log: cannot be read", "linearize", "missing.log", "--model", "kv")]
    [InlineData("linearize", "linearize", "--model", "kv")]
    public void Of_the_command_line(string expected, params string[] args) => AssertBad(CommandRun.Of(args), expected);

    [Fact]
    public void Nothing_is_said_of_good_files_beside_a_bad_one()
    {
        string good = Write("good.log", Invoke, Ok);
        AssertBad(CommandRun.Of("linearize", good, Write("bad.log", Ok), "--model", "register"), "bad.log, line 1: ");
        AssertBad(CommandRun.Of("linearize", good, _folder.FullName, "--model", "register"), "cannot be read");
    }

    private void AssertBad(string model, string expected, string[] lines)
    {
        string file = Write("bad.history", lines);
        CommandRun run = CommandRun.Of("linearize", file, "--model", model);
        AssertBad(run, expected);
        Assert.StartsWith($"raft: {file}", run.Error);
    }

    private string Write(string name, params string[] lines)
    {
        string file = _folder.File(name);
        File.WriteAllLines(file, lines);
        return file;
    }

    private static void AssertBad(CommandRun run, string expected)
    {
        Assert.Equal((1, ""), (run.Exit, run.Out));
        Assert.StartsWith("raft: ", run.Error);
        Assert.Contains(expected, run.Error);
        Assert.Equal(run.Error.Length - Environment.NewLine.Length, run.Error.IndexOf(Environment.NewLine, StringComparison.Ordinal));
    }
}
