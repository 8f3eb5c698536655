using Raft.Verified.Tests.Cli;

namespace Raft.Verified.Tests.Assemblies;

/// <summary>
/// A project of a user: a counter, its scenarios, and a mutant of it, in a folder outside of the repository. It refers to the library that the tests run with.
/// </summary>
public sealed class CounterProject : IDisposable
{
    private static readonly string[] Library = ["Raft.Verified", "Raft.Verified.Exploration", "Raft.Verified.Simulation", "Raft.Verified.Specifications"];

    private readonly TemporaryFolder _folder = new();

    public CounterProject() => Write(Folder);

    /// <summary>The folder of the project.</summary>
    public string Folder => _folder.File("my counter");

    /// <summary>The project file.</summary>
    public string File => Path.Combine(Folder, "Counter.csproj");

    /// <summary>The folder with the data file of the mutant.</summary>
    public string Mutants => Path.Combine(Folder, "mutants");

    /// <summary>The assembly, which is built when it is first needed.</summary>
    public string Image
    {
        get
        {
            string image = ImageIn(Folder);
            if (!System.IO.File.Exists(image))
            {
                CommandRun run = CommandRun.Of("list", "--assembly", File);
                Xunit.Assert.True(run.Exit == 0, run.Error);
            }

            return image;
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Returns the path of the assembly of a copy of the project.</summary>
    /// <param name="folder">The folder of the copy.</param>
    public static string ImageIn(string folder) => Path.Combine(folder, "bin", "Release", "net10.0", "Counter.dll");

    /// <summary>Writes a copy of the project.</summary>
    /// <param name="folder">The folder of the copy.</param>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "mutants"));
        foreach (string source in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Counter"), "*.cs"))
        {
            System.IO.File.Copy(source, Path.Combine(folder, Path.GetFileName(source)));
        }

        string references = string.Concat(Library.Select(name => $"<Reference Include=\"{Path.Combine(AppContext.BaseDirectory, name + ".dll")}\" />"));
        System.IO.File.WriteAllText(Path.Combine(folder, "Counter.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <NoWarn>CS1591</NoWarn>
              </PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        System.IO.File.WriteAllText(Path.Combine(folder, "mutants", "N1.json"), """
            { "id": "N1", "title": "a snapshot without the number of commands", "seen": "here", "file": "CounterState.cs",
              "replace": "_commands = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);", "with": "int unused;",
              "properties": ["Determinism", "SnapshotEqualsReplay", "StateMachineSafety", "ClientLinearizability"], "scenarios": ["counter"], "budget": 200 }
            """);
    }
}
