using System.Text;
using Raft.Verified.Cli;
using Raft.Verified.Cli.Output;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>Standard output that cannot be written, and text without escape codes.</summary>
public sealed class OutputTests
{
    [Theory]
    [InlineData("list")]
    [InlineData("list", "--json")]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("test", "sound-one", "--iterations", "3")]
    [InlineData("test", "sound-one", "--iterations", "3", "--json")]
    [InlineData("lab", "Quiet3A")]
    public async Task Output_that_cannot_be_written_is_one_line_and_status_1(params string[] args)
    {
        using FullDisk disk = new();
        using StringWriter error = new();
        int exit = await Program.RunAsync(args, new CommandContext
        {
            Scenarios = MadeUpScenarios.All,
            LabTests = MadeUpScenarios.Lab,
            Out = OutputStream.Plain(disk),
            Error = OutputStream.Plain(error),
        });
        string[] errors = [.. error.ToString().Split('\n').Where(line => line.StartsWith("raft: ", StringComparison.Ordinal))];
        Assert.Equal(1, exit);
        Assert.Equal(["raft: standard output cannot be written: No space left on device"], errors);
        Assert.DoesNotContain("   at ", error.ToString());
    }

    [Fact]
    public void Output_that_cannot_be_written_ends_long_work_at_once()
    {
        using FullDisk disk = new();
        using GuardedWriter writer = new(disk, disk.Failed);
        writer.WriteLine("first");
        writer.WriteLine("second");
        Assert.Equal((1, "No space left on device"), (disk.Failures, writer.Failure));
    }

    [Theory]
    [InlineData(false, "xterm", null, true)]
    [InlineData(false, "xterm", "", true)]
    [InlineData(false, "xterm", "1", false)]
    [InlineData(false, "dumb", null, false)]
    [InlineData(true, "xterm", null, false)]
    public void Escape_codes_go_to_terminals_that_take_them_and_users_who_want_them(bool redirected, string terminal, string? noColor, bool expected) =>
        Assert.Equal(expected, OutputStream.HasEscapeCodes(redirected, terminal, noColor));

    [Theory]
    [InlineData("out/a-1.schedule", "out/a-1.schedule")]
    [InlineData("my out/it's.schedule", @"'my out/it'\''s.schedule'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("", "''")]
    public void Words_of_suggested_command_lines_are_quoted_for_the_shell(string word, string expected) =>
        Assert.Equal(OperatingSystem.IsWindows() && expected[0] == '\'' ? $"\"{word}\"" : expected, FollowUp.Quoted(word));

    private sealed class FullDisk : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public int Failures { get; private set; }

        public void Failed() => Failures++;

        public override void Write(char value) => throw new IOException("No space left on device");
    }
}
