using System.Diagnostics;
using System.Text;

namespace Raft.Verified.Tests.Packages;

/// <summary>The <c>dotnet</c> command, as a user runs it.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs the command and returns its output, of both streams.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="InvalidOperationException">The command failed; the message is its output.</exception>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        (int status, string output) = await TryAsync(folder, arguments);
        return status == 0 ? output : throw new InvalidOperationException($"'dotnet {string.Join(' ', arguments)}' ended with {status}:\n{output}");
    }

    /// <summary>Runs the command and returns its exit status and its output, of both streams.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">The arguments.</param>
    public static async Task<(int Status, string Output)> TryAsync(string folder, params string[] arguments) =>
        await StartAsync("dotnet", folder, arguments);

    /// <summary>Runs a program and returns its exit status and its output, of both streams.</summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">The arguments.</param>
    public static async Task<(int Status, string Output)> StartAsync(string program, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // A test host passes variables on that change what a command in it builds.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        StringBuilder output = new();
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' did not end within {Patience}:\n{output}");
        }

        lock (output)
        {
            return (process.ExitCode, output.ToString());
        }

        void Append(string? line)
        {
            if (line is not null)
            {
                lock (output)
                {
                    output.AppendLine(line);
                }
            }
        }
    }
}
