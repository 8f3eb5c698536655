using Raft.Verified.Cli;
using Raft.Verified.Cli.Output;
using Raft.Verified.Simulation;

namespace Raft.Verified.Tests.Cli;

/// <summary>One run of the command, in this process: what it printed and how it ended.</summary>
internal sealed record CommandRun(int Exit, string Out, string Error)
{
    /// <summary>Runs the command on the made-up scenarios.</summary>
    public static CommandRun Of(params string[] args) => Of(MadeUpScenarios.All, CancellationToken.None, args);

    public static CommandRun Of(IReadOnlyList<Scenario> scenarios, CancellationToken interrupted, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exit = Program.RunAsync(args, new CommandContext
        {
            Scenarios = scenarios,
            FoundByName = MadeUpScenarios.FoundByName,
            LabTests = MadeUpScenarios.Lab,
            Out = OutputStream.Plain(output),
            Error = OutputStream.Plain(error),
            Interrupted = interrupted,
        }).GetAwaiter().GetResult();
        return new CommandRun(exit, output.ToString(), error.ToString());
    }

    /// <summary>Runs the command with something on standard input.</summary>
    public static CommandRun WithInput(string input, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exit = Program.RunAsync(args, new CommandContext
        {
            Scenarios = MadeUpScenarios.All,
            Out = OutputStream.Plain(output),
            Error = OutputStream.Plain(error),
            OpenInput = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
        }).GetAwaiter().GetResult();
        return new CommandRun(exit, output.ToString(), error.ToString());
    }

    /// <summary>Runs the command as on a terminal of this width, without colours.</summary>
    public static CommandRun OnTerminal(int width, params string[] args) => OnTerminal(MadeUpScenarios.All, width, args);

    /// <summary>Runs the command on these scenarios as on a terminal of this width, without colours.</summary>
    public static CommandRun OnTerminal(IReadOnlyList<Scenario> scenarios, int width, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exit = Program.RunAsync(args, new CommandContext
        {
            Scenarios = scenarios,
            LabTests = MadeUpScenarios.Lab,
            Out = new OutputStream(output, IsTerminal: true, HasColor: false, width, Height: 30),
            Error = OutputStream.Plain(error),
        }).GetAwaiter().GetResult();
        return new CommandRun(exit, output.ToString(), error.ToString());
    }
}
