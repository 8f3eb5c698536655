using System.Text;
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
    [InlineData(": the file is empty; expected a history", " ", "\t", "")]
    [InlineData(": found no operation; expected EDN or JSON maps with :process", "garbage")]
    [InlineData(": found no operation; expected EDN or JSON maps with :process", "[]")]
    [InlineData(", line 2: found 'INFO  jepsen.util - 0'; expected CLIENT :invoke|:ok|:fail|:info :FUNCTION VALUE", Invoke, "INFO  jepsen.util - 0", Ok)]
    [InlineData(", line 2: found 'INFO  jepsen.util - 0 :ok'; expected CLIENT", Invoke, "INFO  jepsen.util - 0\t:ok")]
    [InlineData(", line 2: found :type :done; expected :invoke, :ok, :fail or :info", Invoke, "INFO  jepsen.util - 0\t:done\t:write\t1")]
    [InlineData(", line 1: client 0 returns from 'write' without a call; expected its call before", Ok)]
    [InlineData(", line 3: client 0 returns from 'write' without a call", Invoke, Ok, Ok)]
    [InlineData(", line 1: client 7 returns from 'cas' without a call", "INFO  jepsen.util - 7\t:info\t:cas\t:timed-out")]
    [InlineData(", line 2: client 0 calls 'write 1' while its call 'write 1' of line 1 is open; expected the return of that first", Invoke, Invoke)]
    [InlineData(", line 2: client 0 returns from 'write 2'; expected the return of its call 'write 1' of line 1", Invoke, "INFO  jepsen.util - 0\t:ok\t:write\t2")]
    [InlineData(", line 2: client 0 returns from 'read'; expected the return of its call 'write 1'", Invoke, "INFO  jepsen.util - 0\t:ok\t:read\t2")]
    [InlineData(", line 2: client 0 returns from 'cas'; expected the return of its call 'write 1'", Invoke, "INFO  jepsen.util - 0\t:info\t:cas\t:timed-out")]
    [InlineData(", line 1: found :value [1]; expected [expected new]", "INFO  jepsen.util - 0\t:invoke\t:cas\t[1]")]
    [InlineData(", line 1: found no :value; expected the value to write", "0\t:invoke\t:write")]
    [InlineData(", line 2: found no :value; expected the value read, or nil", "0\t:invoke\t:read", "0\t:ok\t:read")]
    [InlineData(", line 1: found :value \"k\"; expected nil, because :read has no argument; of many objects, a field :key or [key nil]", "0\t:invoke\t:read\t\"k\"", "0\t:ok\t:read\t5")]
    [InlineData(", line 1: found the value '[1', which cannot be understood: found the end of the file inside", "0\t:invoke\t:write\t[1")]
    [InlineData(", line 1: found the value 'two words reason', which cannot be understood: found more than one value; expected one", "0\t:invoke\t:write\ttwo words\treason")]
    [InlineData(", line 1: found :process 99999999999; expected a number from 0 to 2147483647", "INFO  jepsen.util - 99999999999\t:invoke\t:write\t1")]
    [InlineData(", line 1: found :process -1; expected a number from 0", "-1\t:invoke\t:write\t1")]
    [InlineData(", line 2: found :value 5; expected [key value], as in line 1", "0\t:invoke\t:read\t[1 nil]", "1\t:invoke\t:write\t5")]
    [InlineData(", line 2: found :value [2 5]; expected [1 value], with the key of its call of line 1", "0\t:invoke\t:read\t[1 nil]", "0\t:ok\t:read\t[2 5]")]
    public void Of_a_register(string expected, params string[] lines) => AssertBad("register", expected, lines);

    [Theory]
    [InlineData(", line 2: found INFO; expected a map such as {:process 0, :type :invoke", Call, "INFO  jepsen")]
    [InlineData(", line 2: found the end of the file inside the value that begins in line 1, so it may have been cut off; expected '}'", "{:process 0, ")]
    [InlineData(", line 3: found the end of the file inside the list of operations, so it may have been cut off; expected ']'", "[", Call)]
    [InlineData(", line 2: found '} ' at character 11; expected the value of the map's last key", Call, "{:process } ")]
    [InlineData(", line 1: found ']}' at character 12; expected a value or '}'", "{:process 0]}")]
    [InlineData(", line 3: found the end of the file inside the string that begins in line 2; expected '\"'", "{:process", "\"")]
    [InlineData("""expected \n, \t, \r, \b, \f, \u0000, \" or \\""", """{:process "\q"}""")]
    [InlineData("expected four hexadecimal digits", """{:process "\u12x4"}""")]
    [InlineData(", line 1: found :process twice; expected it once", "{:process 1 :process 2}")]
    [InlineData(", line 1: found no :process; expected a client's number", "{}")]
    [InlineData(", line 1: found :process [0]; expected a client's number, or a name such as :nemesis", "{:process [0]}")]
    [InlineData(", line 1: found no :type; expected :invoke, :ok, :fail or :info", "{:process 1}")]
    [InlineData(", line 1: found :type :done; expected :invoke, :ok, :fail or :info", "{:process 1 :type :done}")]
    [InlineData(", line 1: found no :f; expected the name of a function", "{:process 1 :type :invoke}")]
    [InlineData(", line 1: found :f :delete; expected one of :get, :put, :append", "{:process 1 :type :invoke :f :delete}")]
    [InlineData(", line 1: found no :key; expected a key", "{:process 1 :type :invoke :f :get}")]
    [InlineData(", line 2: found no :key; expected a key, as in line 1", Call, "{:process 1 :type :invoke :f :get}")]
    [InlineData(", line 1: found :value 7; expected a string", "{:process 1 :type :invoke :f :put :key \"k\" :value 7}")]
    [InlineData(", line 2: found :value 7; expected the value got, a string or nil", """{:process 0 :type :invoke :f :get :key "k"}""", """{:process 0 :type :ok :f :get :key "k" :value 7}""")]
    [InlineData(", line 2: found no :value; expected the value got", """{:process 0 :type :invoke :f :get :key "k"}""", """{:process 0 :type :ok :f :get :key "k"}""")]
    [InlineData(", line 2: client 0 calls 'append \"k\" \"x\"' while its call 'append \"k\" \"x\"' of line 1 is open", Call, Call)]
    [InlineData(", line 1: client 0 returns from 'append' without a call", """{:process 0, :type :ok, :f :append, :key "k", :value "x"}""")]
    [InlineData(", line 2: client 0 returns from 'append \"j\" \"x\"'; expected the return of its call 'append \"k\" \"x\"' of line 1", Call, """{:process 0, :type :ok, :f :append, :key "j", :value "x"}""")]
    [InlineData(", line 2: found :index 3 after :index 7 of line 1; expected the entries in the order in which they happened", """{:index 7 :process 0 :type :invoke :f :get :key 1}""", """{:index 3 :process 1 :type :invoke :f :get :key 1}""")]
    [InlineData(", line 1: found :get of the process :c1; expected a client's number", "{:process :c1 :type :invoke :f :get :key 1}")]
    [InlineData(", line 2: found :get of the process \"c1\"; expected a client's number", "{:process 1 :type :invoke :f :get :key 1}", "{:process \"c1\" :type :invoke :f :get :key 1}")]
    public void Of_a_key_value_store(string expected, params string[] lines) => AssertBad("kv", expected, lines);

    [Theory]
    [InlineData(", line 1: found :value \"x\"; expected [\"text\" version] to put", """{:process 0 :type :invoke :f :put :key "k" :value "x"}""")]
    [InlineData(", line 1: found :value [\"x\" -1]; expected", """{:process 0 :type :invoke :f :put :key "k" :value ["x" -1]}""")]
    [InlineData(", line 1: found :value [[\"x\"] 1]; expected", """{:process 0 :type :invoke :f :put :key "k" :value [["x"] 1]}""")]
    [InlineData(", line 2: found :value nil; expected [\"text\" version] or :no-key", """{:process 0 :type :invoke :f :get :key "k"}""", """{:process 0 :type :ok :f :get :key "k" :value nil}""")]
    [InlineData(", line 2: found no :value; expected :ok, :no-key", """{:process 0 :type :invoke :f :put :key "k" :value ["x" 1]}""", """{:process 0 :type :ok :f :put :key "k"}""")]
    [InlineData(", line 2: found :value :fine; expected :ok, :no-key, :wrong-version or :maybe", """{:process 0 :type :invoke :f :put :key "k" :value ["x" 1]}""", """{:process 0 :type :ok :f :put :key "k" :value :fine}""")]
    [InlineData(", line 2: client 0 returns from 'get \"j\" :no-key'; expected the return of its call 'get \"k\"' of line 1", """{:process 0 :type :invoke :f :get :key "k"}""", """{:process 0 :type :ok :f :get :key "j" :value :no-key}""")]
    public void Of_a_versioned_store(string expected, params string[] lines) => AssertBad("versioned", expected, lines);

    [Theory]
    [InlineData("set", ", line 2: found :value 3; expected the elements, such as #{1 2} or [1 2]", "{:process 0 :type :invoke :f :read}", "{:process 0 :type :ok :f :read :value 3}")]
    [InlineData("mutex", ", line 1: found :f :lock; expected one of :acquire, :release", "{:process 0 :type :invoke :f :lock}")]
    [InlineData("fifo-queue", ", line 2: found no :value; expected the value taken, or nil", "{:process 0 :type :invoke :f :dequeue}", "{:process 0 :type :ok :f :dequeue}")]
    [InlineData("multi-register", ", line 1: found [:append :x 1] in the value of :txn; expected [:r register value] or [:w register value]", "{:process 0 :type :invoke :f :txn :value [[:append :x 1]]}")]
    [InlineData("multi-register", ", line 2: client 0 returns from 'txn [[:r :y 1]]'; expected the return of its call 'txn [[:r :x nil]]'", "{:process 0 :type :invoke :f :txn :value [[:r :x nil]]}", "{:process 0 :type :ok :f :txn :value [[:r :y 1]]}")]
    [InlineData("multi-register", ", line 1: found :value nil; expected reads and writes", "{:process 0 :type :invoke :f :txn :value nil}")]
    public void Of_other_models(string model, string expected, params string[] lines) => AssertBad(model, expected, lines);

    [Theory]
    [InlineData(", line 2: found invalid JSON at byte 2: 'p' is an invalid start of a property name", """{"process":0,"type":"invoke","f":"read"}""", "{process:0}")]
    [InlineData(", line 1: found the end of the file inside the object that begins in line 1, so it may have been cut off; expected '}'", """{"process":0,"type":"invoke""" + "\"")]
    [InlineData(", line 2: found the end of the file inside the array of operations, so it may have been cut off; expected ']'", "[", """{"process":0,"type":"invoke","f":"read"},""")]
    [InlineData(", line 1: found a string with half of a surrogate pair", """{"process":0,"type":"invoke","f":"write","value":"\ud800"}""")]
    [InlineData(", line 2: found 7; expected a map such as", """{"process":0,"type":"invoke","f":"read"}""", "7")]
    public void Of_json(string expected, params string[] lines) => AssertBad("register", expected, lines);

    [Theory]
    [InlineData(", line 1: found the byte E9 at byte 59 of the line, which is not UTF-8", "{:process 0, :type :invoke, :f :append, :key \"k\", :value \"\u00e9\"}\n")]
    [InlineData(", line 2: found the byte E9 at byte 39 of the line", "INFO  jepsen.util - 0\t:invoke\t:write\t\"a\"\nINFO  jepsen.util - 0\t:invoke\t:write\t\"\u00e9\"\n")]
    [InlineData(", line 1: found a NUL byte (00) at byte 15 of the line; expected text", "{:process 0, :\0type :invoke}\n")]
    [InlineData(", line 1: found a NUL byte (00) at byte 38 of the line; expected text", "INFO  jepsen.util - 0\t:invoke\t:write\t\0\n")]
    [InlineData(", line 2: found the byte FF at byte 2 of the line", "[\n \u00ff]")]
    [InlineData(": begins with the bytes FFFE, so it is UTF-16; expected UTF-8", "\u00ff\u00fe{\0:\0")]
    [InlineData(": is compressed with gzip; expected text", "\u001f\u008b\b")]
    [InlineData(", line 2: found 'INFO  jepsen.util - 0 :ok :write 1' without a line end, so it may have been cut off", Invoke + "\n" + Ok)]
    [InlineData(", line 2: found 'INFO  jepsen.util - 0 :ok' without a line end, so it may have been cut off", Invoke + "\nINFO  jepsen.util - 0\t:ok")]
    [InlineData(", line 2: found 'INFO  jepsen.util - 0 :ok :write [1' without a line end", Invoke + "\nINFO  jepsen.util - 0\t:ok\t:write\t[1")]
    public void Of_bytes(string expected, string latin1)
    {
        string file = _folder.File("bad.history");
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(latin1));
        AssertBad(CommandRun.Of("linearize", file), expected);
        AssertBad(CommandRun.Of("linearize", file, "--model", "register"), expected);
    }

    [Theory]
    [InlineData("0\t:invoke\t:read\tnil\n0\t:ok\t:read\tnil")]
    [InlineData("0\t:invoke\t:write\t[1]\n0\t:ok\t:write\t[1]")]
    [InlineData("0\t:invoke\t:write\t1\n0\t:info\t:write\t:timed-out")]
    [InlineData("{:process 0 :type :invoke :f :write :value 1}\r\n{:process 0 :type :ok :f :write :value 1}")]
    [InlineData("0\t:invoke\t:write\t1\r\n0\t:ok\t:write\t1\r\n")]
    [InlineData("\u00ef\u00bb\u00bf0\t:invoke\t:write\t1\n0\t:ok\t:write\t1\n")]
    [InlineData("\u00ef\u00bb\u00bf {:process 0 :type :invoke :f :write :value 1}")]
    [InlineData("; INFO jepsen.util - 0\t:invoke\t:write\t1\n{:process 0 :type :invoke :f :write :value 1}")]
    [InlineData("\u00ff \0 of another logger\n0\t:invoke\t:write\t1\n0\t:ok\t:write\t1\n")]
    public void A_file_whose_meaning_is_certain_is_read(string latin1)
    {
        string file = _folder.File("good.history");
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(latin1));
        CommandRun run = CommandRun.Of("linearize", file);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("linearizable (1 operation", run.Out);
    }

    [Theory]
    [InlineData("missing.log: cannot be read", "linearize", "missing.log")]
    [InlineData("--model is 'stack'; expected one of register, cas-register, kv, versioned, mutex, multi-register, set, fifo-queue, queue", "linearize", "x", "--model", "stack")]
    [InlineData("--failed-cas is 'x'; expected one of no-effect, mismatch", "linearize", "x", "--failed-cas", "x")]
    [InlineData("--nil-reads is 'x'; expected one of value, unknown", "linearize", "x", "--nil-reads", "x")]
    [InlineData("the history's path is empty; expected a history file", "linearize", "", "--model", "kv")]
    [InlineData("FILE is '-' twice; expected it once", "linearize", "-", "-")]
    [InlineData("linearize", "linearize", "--model", "kv")]
    public void Of_the_command_line(string expected, params string[] args) => AssertBad(CommandRun.Of(args), expected);

    [Theory]
    [InlineData("mutex", "0", "the initial value is '0', but a mutex has none; expected a register or a multi-register", "acquire")]
    [InlineData("register", "0 1", "the initial value is '0 1': expected one value, such as 0", "read")]
    [InlineData("register", "", "the initial value is '': expected one value", "read")]
    [InlineData("multi-register", "0", "the initial value is '0': found 0; expected a map of registers, such as {:x 0, :y 0}", "txn")]
    public void Of_an_initial_value(string model, string initial, string expected, string function)
    {
        string file = Write("good.history", $$"""{:process 0, :type :invoke, :f :{{function}}, :value []}""");
        AssertBad(CommandRun.Of("linearize", file, "--model", model, "--initial", initial), expected);
    }

    [Fact]
    public void Of_functions_that_no_model_has() => AssertBad(
        CommandRun.Of("linearize", Write("bank.edn", "{:process 0, :type :invoke, :f :transfer}", "{:process 1, :type :invoke, :f :read}")),
        "bank.edn: no model has the functions :read, :transfer; expected those of one model, or --model");

    [Fact]
    public void Reading_ends_when_it_is_interrupted()
    {
        CommandRun run = CommandRun.Of(MadeUpScenarios.All, new CancellationToken(canceled: true), "linearize", Write("good.log", Invoke, Ok));
        Assert.Equal((130, "", ""), (run.Exit, run.Out, run.Error));
    }

    [Fact]
    public void Standard_input_is_read_and_named()
    {
        CommandRun good = CommandRun.WithInput($"{Invoke}\n{Ok}\n", "linearize", "-");
        Assert.Equal((0, "standard input: linearizable (1 operation, 0 unanswered; model register)", ""), (good.Exit, good.Out.TrimEnd(), good.Error));
        AssertBad(CommandRun.WithInput($"{Ok}\n", "linearize", "-"), "raft: standard input, line 1: client 0 returns from 'write' without a call");
    }

    [Fact]
    public void Nothing_is_said_of_good_files_beside_a_bad_one()
    {
        string good = Write("good.log", Invoke, Ok);
        AssertBad(CommandRun.Of("linearize", good, Write("bad.log", Ok), "--model", "register"), "bad.log, line 1: ");
        AssertBad(CommandRun.Of("linearize", good, _folder.FullName, "--model", "register"), "cannot be read: it is a folder; expected a file");
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
        Assert.True(run.Error.Contains(expected, StringComparison.Ordinal), $"found {run.Error}; expected {expected}");
        Assert.Equal(run.Error.Length - Environment.NewLine.Length, run.Error.IndexOf(Environment.NewLine, StringComparison.Ordinal));
    }
}
