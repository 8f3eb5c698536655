using System.Diagnostics;
using System.Text.Json.Nodes;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Mutants.Gate;

namespace Raft.Verified.Cli.Commands;

/// <summary>A runner that starts the command against mutants in separate processes, as a user would.</summary>
/// <param name="assembly">The path of the assembly that mutants are seeded into; null for the library.</param>
internal sealed class MutantProcess(string? assembly)
{
    private string[] Options => assembly is null ? [] : [AssemblyOption.Name, assembly];

    /// <summary>Replays a schedule against a mutant in a new process.</summary>
    /// <param name="schedule">The path of the schedule file.</param>
    /// <param name="mutant">The compiled assemblies of the mutant.</param>
    /// <param name="stop">The token that ends the process early.</param>
    /// <returns>The exit status of <c>raft replay</c>.</returns>
    public int Replay(string schedule, IReadOnlyList<CompiledAssembly> mutant, CancellationToken stop) => Run(["replay", schedule, .. Options], mutant, stop).Status;

    /// <summary>
    /// Explores a scenario in a new process, for a mutant whose steps may not return. Such steps end with their
    /// process.
    /// </summary>
    /// <param name="request">The request, as for <see cref="MutantProbe.Explore"/>.</param>
    /// <param name="mutant">The compiled assemblies of the mutant.</param>
    /// <param name="stop">The token that ends the process early.</param>
    /// <returns>The answer, as of <see cref="MutantProbe.Explore"/>.</returns>
    public JsonObject Explore(JsonObject request, IReadOnlyList<CompiledAssembly> mutant, CancellationToken stop)
    {
        DirectoryInfo schedules = Directory.CreateTempSubdirectory("raft-schedules-");
        try
        {
            string[] args =
            [
                "test", $"{request["scenario"]}", "--strategy", $"{request["strategy"]}", "--seed", $"{request["seed"]}", "--iterations", $"{request["iterations"]}",
                "--workers", "1", "--step-timeout", $"{request["stepTimeout"]}", "--out", schedules.FullName, "--json", .. Options,
            ];
            (int status, string output) = Run(args, mutant, stop);
            if (status is not (ExitStatus.NothingFound or ExitStatus.Violation or ExitStatus.Divergence))
            {
                stop.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"raft test in a new process ended with {status}");
            }

            return Answer(JsonNode.Parse(output)!["runs"]![0]!);
        }
        finally
        {
            schedules.Delete(recursive: true);
        }
    }

    private static JsonObject Answer(JsonNode run)
    {
        JsonObject answer = new() { ["schedules"] = (long)run["iterations"]!, ["seconds"] = (double)run["seconds"]! };
        if (run["violations"]!.AsArray() is [{ } violation, ..])
        {
            foreach (string name in new[] { "property", "message", "iteration", "strategy", "decisions" })
            {
                answer[name] = violation[name]!.DeepClone();
            }

            answer["schedule"] = File.ReadAllText((string)violation["schedule"]!);
        }

        return answer;
    }

    private static (int Status, string Output) Run(IReadOnlyList<string> args, IReadOnlyList<CompiledAssembly> mutant, CancellationToken stop)
    {
        DirectoryInfo images = Directory.CreateTempSubdirectory("raft-mutant-");
        try
        {
            foreach (CompiledAssembly assembly in mutant)
            {
                File.WriteAllBytes(Path.Combine(images.FullName, assembly.Name + ".dll"), [.. assembly.Image]);
            }

            return Run(args, images.FullName, stop);
        }
        finally
        {
            images.Delete(recursive: true);
        }
    }

    private static (int Status, string Output) Run(IReadOnlyList<string> args, string images, CancellationToken stop)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string command = typeof(MutantProcess).Assembly.Location;
        if (!string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), Path.GetFileNameWithoutExtension(command), StringComparison.Ordinal))
        {
            // This process is the host of the framework or of a test runner, so the command must be named.
            start.FileName = "dotnet";
            start.ArgumentList.Add(command);
        }

        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment[MutantHost.ImagesVariable] = images;

        // A heap per core pays off only for long work.
        start.Environment["DOTNET_gcServer"] = "0";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started");
        using CancellationTokenRegistration kill = stop.Register(() => process.Kill(entireProcessTree: true));
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = error.Result;
        return (process.ExitCode, output);
    }
}
