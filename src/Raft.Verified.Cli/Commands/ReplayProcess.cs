using System.Diagnostics;

namespace Raft.Verified.Cli.Commands;

/// <summary>Replays schedules in processes of their own, as a user would.</summary>
/// <param name="folder">The folder that the mutants come from; null for those of this build.</param>
internal sealed class ReplayProcess(string? folder)
{
    /// <summary>Replays a schedule against a mutant.</summary>
    /// <returns>The exit status of <c>raft replay</c>.</returns>
    public int Run(string schedule, string mutant, CancellationToken stop)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string command = typeof(ReplayProcess).Assembly.Location;
        if (!string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), Path.GetFileNameWithoutExtension(command), StringComparison.Ordinal))
        {
            // The process is the framework's host, or that of a test runner: it is told what to run.
            start.FileName = "dotnet";
            start.ArgumentList.Add(command);
        }

        foreach (string argument in new[] { "replay", schedule, MutantHost.Option, mutant })
        {
            start.ArgumentList.Add(argument);
        }

        if (folder is not null)
        {
            start.ArgumentList.Add(MutantHost.FolderOption);
            start.ArgumentList.Add(folder);
        }

        // A heap for each core is for work that lasts.
        start.Environment["DOTNET_gcServer"] = "0";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started");
        using CancellationTokenRegistration kill = stop.Register(() => process.Kill(entireProcessTree: true));
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = error.Result;
        return process.ExitCode;
    }
}
