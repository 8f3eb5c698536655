using System.Diagnostics;
using Raft.Verified.Mutants.Compilation;

namespace Raft.Verified.Cli.Commands;

/// <summary>Replays schedules in processes of their own, as a user would.</summary>
internal static class ReplayProcess
{
    /// <summary>Replays a schedule against a mutant, which the process is given compiled.</summary>
    /// <returns>The exit status of <c>raft replay</c>.</returns>
    public static int Run(string schedule, IReadOnlyList<CompiledAssembly> mutant, CancellationToken stop)
    {
        DirectoryInfo images = Directory.CreateTempSubdirectory("raft-mutant-");
        try
        {
            foreach (CompiledAssembly assembly in mutant)
            {
                File.WriteAllBytes(Path.Combine(images.FullName, assembly.Name + ".dll"), [.. assembly.Image]);
            }

            return Run(schedule, images.FullName, stop);
        }
        finally
        {
            images.Delete(recursive: true);
        }
    }

    private static int Run(string schedule, string images, CancellationToken stop)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string command = typeof(ReplayProcess).Assembly.Location;
        if (!string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), Path.GetFileNameWithoutExtension(command), StringComparison.Ordinal))
        {
            // The process is the framework's host, or that of a test runner: it is told what to run.
            start.FileName = "dotnet";
            start.ArgumentList.Add(command);
        }

        start.ArgumentList.Add("replay");
        start.ArgumentList.Add(schedule);
        start.Environment[MutantHost.ImagesVariable] = images;

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
